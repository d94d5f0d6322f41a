package dev.weir.journal;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import java.util.function.LongConsumer;

/**
 * An ordered log of event batches for the queues of one verticle.
 *
 * <p>All methods are called on the queues' event-loop context and never block it; futures complete
 * and callbacks run on that context too. Positions are dense: the batches of one journal are
 * numbered 1, 2, 3, … over its whole life.
 */
public interface Journal {

  /**
   * Opens the journal: first the last snapshot, then every later batch in order go to {@code
   * replay}, on a thread of the journal's; then a record with a new, higher epoch is made durable,
   * then the future completes. Fails with {@link JournalDamagedException} where what is on the disk
   * can not be explained by a crash; nothing is changed then.
   */
  Future<Recovered> open(Replay replay);

  /**
   * Takes one batch of encoded events.
   *
   * @return the batch's position, at once; nothing is durable yet
   * @throws IllegalStateException when the journal is not open or is down
   */
  long append(Buffer batch);

  /**
   * Takes a record that raises the epoch by one; everything appended later belongs to the new
   * epoch.
   *
   * @return the record's position; fences of the new epoch may be given once it is durable
   */
  long raiseEpoch();

  /** The handler hears that everything up to a position is as safe as this journal promises. */
  void onDurable(LongConsumer position);

  /** The handler hears, once, why this journal will never report anything durable again. */
  void onDown(Handler<Throwable> cause);

  /**
   * Writes a snapshot aside, publishes it, then drops the batches before it. The snapshot is read
   * on a thread of the journal's.
   *
   * @return the snapshot's size in bytes
   */
  Future<Long> checkpoint(Snapshot frozen);

  /** What this journal has done since it was opened. */
  JournalStats stats();

  /** How much there is of it; cheap, asked after each flush. */
  default JournalSize size() {
    return JournalSize.NONE;
  }

  /** Flushes what was appended, then gives up files and threads. */
  Future<Void> close();
}
