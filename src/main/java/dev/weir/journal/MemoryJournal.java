package dev.weir.journal;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import java.util.concurrent.Executor;
import java.util.function.LongConsumer;

/** Promises nothing beyond the life of its process: whatever is appended is durable at once. */
public final class MemoryJournal implements Journal {
  private final Executor context;
  private LongConsumer durableHandler = position -> {};
  private long epoch;
  private long position;
  private long durable;
  private long bytes;
  private boolean reporting;
  private boolean closed;

  /**
   * @param firstEpoch higher than any that was ever used for these queues
   * @param context where the callbacks run
   */
  public MemoryJournal(long firstEpoch, Executor context) {
    this.epoch = firstEpoch;
    this.context = context;
  }

  @Override
  public Future<Recovered> open(Replay replay) {
    return Future.succeededFuture(new Recovered(epoch, position, 0, 0, 0, 0));
  }

  @Override
  public long append(Buffer batch) {
    bytes += batch.length();
    return advance();
  }

  @Override
  public long raiseEpoch() {
    epoch++;
    return advance();
  }

  /** Never tells within the call that made it so: a caller may count on that of every journal. */
  private long advance() {
    if (closed) {
      throw new IllegalStateException("the journal is closed");
    }
    position++;
    if (!reporting) {
      reporting = true;
      context.execute(this::report);
    }
    return position;
  }

  private void report() {
    reporting = false;
    durable = position;
    durableHandler.accept(durable);
  }

  @Override
  public void onDurable(LongConsumer handler) {
    durableHandler = handler;
  }

  @Override
  public void onDown(Handler<Throwable> cause) {
    // memory does not fail
  }

  @Override
  public Future<Long> checkpoint(Snapshot frozen) {
    return Future.succeededFuture(0L);
  }

  @Override
  public JournalStats stats() {
    return JournalStats.ofMemory(epoch, position, durable, bytes);
  }

  @Override
  public Future<Void> close() {
    closed = true;
    return Future.succeededFuture();
  }
}
