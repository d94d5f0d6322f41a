package dev.weir.journal;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.LongConsumer;

/**
 * A journal in a test's hands: it is durable when the test says so, fails when the test says so,
 * and what was durable is there when it is opened again over the same tape.
 */
public final class TapeJournal implements Journal {

  /** What survives. */
  public static final class Tape {
    private final List<Buffer> batches = new ArrayList<>();
    private long epoch = 1;
  }

  private final Tape tape;
  private final Executor context;
  private final List<Buffer> unflushed = new ArrayList<>();
  private LongConsumer durableHandler = position -> {};
  private Handler<Throwable> downHandler = cause -> {};
  private volatile boolean holding;
  private boolean down;
  private volatile int appended;

  public TapeJournal(Tape tape, Executor context) {
    this.tape = tape;
    this.context = context;
  }

  @Override
  public Future<Recovered> open(Replay replay) {
    int count = tape.batches.size();
    for (int place = 0; place < count; place++) {
      replay.batch(place + 1, tape.batches.get(place));
    }
    tape.epoch++;
    return Future.succeededFuture(new Recovered(tape.epoch, count, count, 0, 0, 0));
  }

  @Override
  public long append(Buffer batch) {
    unflushed.add(batch);
    appended++;
    if (!holding) {
      context.execute(this::flushNow);
    }
    return tape.batches.size() + unflushed.size();
  }

  @Override
  public long raiseEpoch() {
    tape.epoch++;
    return append(Buffer.buffer());
  }

  /** How many batches it was given since it was opened; from any thread. */
  public int appended() {
    return appended;
  }

  /** From now on nothing becomes durable by itself. */
  public void hold() {
    holding = true;
  }

  /** Everything appended up to now is durable, and from now on at once. */
  public void letGo() {
    holding = false;
    context.execute(this::flushNow);
  }

  /** The disk fails: what is not durable never will be. */
  public void fail(Throwable cause) {
    context.execute(
        () -> {
          down = true;
          unflushed.clear();
          downHandler.handle(cause);
        });
  }

  private void flushNow() {
    if (!down && !unflushed.isEmpty()) {
      tape.batches.addAll(unflushed);
      unflushed.clear();
      durableHandler.accept(tape.batches.size());
    }
  }

  @Override
  public void onDurable(LongConsumer position) {
    durableHandler = position;
  }

  @Override
  public void onDown(Handler<Throwable> cause) {
    downHandler = cause;
  }

  @Override
  public Future<Long> checkpoint(Snapshot frozen) {
    return Future.failedFuture("a tape has no snapshots");
  }

  @Override
  public JournalStats stats() {
    long durable = tape.batches.size();
    return JournalStats.ofMemory(tape.epoch, durable + unflushed.size(), durable, 0);
  }

  @Override
  public Future<Void> close() {
    return Future.succeededFuture();
  }
}
