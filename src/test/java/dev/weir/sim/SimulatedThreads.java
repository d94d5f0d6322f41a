package dev.weir.sim;

import dev.weir.journal.JournalThreads;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.Executor;

/** The threads of a journal as rows of tasks that a test works off, in the order it likes. */
public final class SimulatedThreads {
  private final List<Queue<Runnable>> rows = new ArrayList<>();
  private final Executor context = row();
  private final Executor writer = row();
  private final Executor background = row();
  private boolean stopped;

  private Executor row() {
    Queue<Runnable> row = new ArrayDeque<>();
    rows.add(row);
    return row::add;
  }

  public Executor context() {
    return context;
  }

  /** The three of them for a journal; their clock stands still. */
  public JournalThreads threads() {
    return new JournalThreads(context, writer, background, () -> 0L, () -> stopped = true);
  }

  public boolean isStopped() {
    return stopped;
  }

  /** Runs one task of a row that has one; false where none has. */
  public boolean runOne(Random random) {
    List<Queue<Runnable>> busy = rows.stream().filter(row -> !row.isEmpty()).toList();
    if (busy.isEmpty()) {
      return false;
    }
    busy.get(random.nextInt(busy.size())).remove().run();
    return true;
  }

  /** Runs whatever there is until nothing is left, row by row. */
  public void runAll() {
    boolean ran = true;
    while (ran) {
      ran = false;
      for (Queue<Runnable> row : rows) {
        if (!row.isEmpty()) {
          row.remove().run();
          ran = true;
        }
      }
    }
  }
}
