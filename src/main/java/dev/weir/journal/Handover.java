package dev.weir.journal;

import java.util.ArrayList;
import java.util.List;

/** Batches on their way from the context to the writer: the one thing that both threads touch. */
final class Handover {
  private final List<LogWriter.Pending> waiting = new ArrayList<>();
  private boolean taking;

  /** Leaves a batch, and says whether the writer has to be told. */
  synchronized boolean add(LogWriter.Pending batch) {
    waiting.add(batch);
    boolean tell = !taking;
    taking = true;
    return tell;
  }

  /** Takes all that wait; where none does the writer has to be told of the next. */
  synchronized List<LogWriter.Pending> takeAll() {
    List<LogWriter.Pending> batches = List.copyOf(waiting);
    waiting.clear();
    taking = !batches.isEmpty();
    return batches;
  }
}
