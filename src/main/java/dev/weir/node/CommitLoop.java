package dev.weir.node;

import dev.weir.core.Event;
import dev.weir.core.Fences;
import dev.weir.core.Moment;
import dev.weir.journal.EventWriter;
import dev.weir.journal.Journal;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * Group commit and reply barrier of one journal. Events of all its queues gather in the open batch;
 * it goes to the journal at the end of the current turn of the event loop, or as soon as one of the
 * batches in flight is durable. No timer. All on one context.
 */
public final class CommitLoop {

  /** One batch is being flushed while the next waits at the journal: the disk never idles. */
  private static final long IN_FLIGHT_MAX = 2;

  /** A batch as long as this is closed, whatever is in flight. */
  private static final int BATCH_BYTES_MAX = 4 << 20;

  private final Journal journal;
  private final Executor context;
  private final EventWriter open = new EventWriter();
  private final ReplyBarrier barrier = new ReplyBarrier();
  private final EpochFences fences;
  private final Promise<Void> drained = Promise.promise();
  private Runnable durableHandler = () -> {};
  private Consumer<Throwable> downHandler = cause -> {};
  private long appended;
  private long durable;
  private long epochRaisedAt = Long.MAX_VALUE;
  private boolean scheduled;
  private boolean draining;
  private Throwable down;

  public CommitLoop(Journal journal, Executor context) {
    this.journal = journal;
    this.context = context;
    this.fences = new EpochFences(() -> context.execute(this::raiseEpoch));
    journal.onDurable(this::durable);
    journal.onDown(this::down);
  }

  /** The journal is open. */
  public void start(long epoch, long position) {
    appended = position;
    durable = position;
    barrier.durable(position);
    fences.start(epoch);
  }

  /** More is durable: items may be released. */
  public void onDurable(Runnable handler) {
    durableHandler = handler;
  }

  public void onDown(Consumer<Throwable> handler) {
    downHandler = handler;
  }

  /** There is nothing to commit to: the journal could not be opened. */
  void neverOpened(Throwable cause) {
    down = cause;
    drained.tryComplete();
  }

  public Fences fences() {
    return fences;
  }

  long epoch() {
    return fences.epoch();
  }

  Throwable cause() {
    return down;
  }

  public Moment moment(long nowMs) {
    return new Moment(nowMs, open.isEmpty() ? appended : appended + 1, appended + 1, durable);
  }

  /** Takes the events of a step, which were told that they go to {@code moment.next()}. */
  public void emit(int queue, List<Event> events) {
    for (Event event : events) {
      open.write(queue, event);
    }
    if (open.sizeBytes() > BATCH_BYTES_MAX && down == null) {
      appendOpen();
    }
    if (!events.isEmpty() && !scheduled) {
      scheduled = true;
      context.execute(this::endOfTurn);
    }
  }

  public void hold(long position, ReplyBarrier.Delivery delivery) {
    barrier.hold(position, delivery);
  }

  private void endOfTurn() {
    scheduled = false;
    flush();
  }

  private void flush() {
    if (!open.isEmpty() && down == null && appended - durable < IN_FLIGHT_MAX) {
      appendOpen();
    }
  }

  private void appendOpen() {
    appended++;
    try {
      long position = journal.append(open.take());
      if (position != appended) {
        throw new IllegalStateException("position " + position + " is not " + appended);
      }
    } catch (RuntimeException e) {
      down(e);
    }
  }

  /** The open batch goes first: its events were promised the position before this record's. */
  private void raiseEpoch() {
    if (down != null) {
      return;
    }
    seal();
    epochRaisedAt = ++appended;
    journal.raiseEpoch();
  }

  /** Hands the open batch to the journal now, so that the state is that of {@link #appended}. */
  public long seal() {
    if (!open.isEmpty()) {
      appendOpen();
    }
    return appended;
  }

  private void durable(long position) {
    durable = position;
    if (durable >= epochRaisedAt) {
      epochRaisedAt = Long.MAX_VALUE;
      fences.nextEpochIs(journal.stats().epoch());
    }
    barrier.durable(position);
    durableHandler.run();
    flush();
    if (draining && open.isEmpty() && durable == appended) {
      drained.tryComplete();
    }
  }

  private void down(Throwable cause) {
    if (down == null) {
      down = cause;
      downHandler.accept(cause);
      barrier.fail();
      drained.tryComplete();
    }
  }

  /** Completes when everything is durable, or never will be. */
  Future<Void> drain() {
    draining = true;
    if (down != null || open.isEmpty() && durable == appended) {
      drained.tryComplete();
    }
    return drained.future();
  }
}
