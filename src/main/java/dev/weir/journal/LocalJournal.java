package dev.weir.journal;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import java.util.function.LongConsumer;
import java.util.logging.Logger;

/**
 * A segmented log on one disk: what it reports durable has been flushed. Batches that wait while
 * the disk is busy share the next write and flush; there is no timer. What it leaves on the disk is
 * in {@code docs/journal-format.md}.
 */
public final class LocalJournal implements Journal {

  /** How long a segment is unless a batch needs more. */
  public static final int SEGMENT_BYTES = 32 << 20;

  private static final Logger LOG = Logger.getLogger(LocalJournal.class.getName());

  private final Disk disk;
  private final JournalThreads threads;
  private final int segmentBytes;
  private final UUID newIdentity;
  private final long firstEpoch;
  private final FlushMeter flushes = new FlushMeter();
  private final Handover handover = new Handover();
  private LongConsumer durableHandler = position -> {};
  private Handler<Throwable> downHandler = cause -> {};
  private LogWriter writer;
  private SegmentPool pool;
  private SnapshotDesk snapshots;
  private long epoch;
  private long position;
  private long durable;
  private long bytes;
  private long bytesBeforeSnapshot;
  private long bytesAtSnapshot;
  private long logFileBytes;
  private boolean open;
  private Throwable down;

  /**
   * @param segmentBytes a multiple of 8; {@link #SEGMENT_BYTES} but in tests
   * @param newIdentity what a journal that begins here is called
   * @param firstEpoch the new epoch is at least this one
   */
  public LocalJournal(
      Disk disk, JournalThreads threads, int segmentBytes, UUID newIdentity, long firstEpoch) {
    this.disk = disk;
    this.threads = threads;
    this.segmentBytes = segmentBytes;
    this.newIdentity = newIdentity;
    this.firstEpoch = firstEpoch;
  }

  @Override
  public Future<Recovered> open(Replay replay) {
    Promise<Recovered> opened = Promise.promise();
    threads
        .writer()
        .execute(
            () -> {
              JournalOpening opening =
                  new JournalOpening(disk, segmentBytes, newIdentity, firstEpoch);
              try {
                opening.read(replay);
                LogWriter begun = opening.begin(this::prepareNext);
                long fileBytes = begun.diskBytes();
                threads.context().execute(() -> begin(opening, begun, fileBytes, opened));
              } catch (IOException | RuntimeException e) {
                threads.context().execute(() -> opened.fail(e));
              }
            });
    return opened.future();
  }

  private void begin(
      JournalOpening opening, LogWriter begun, long fileBytes, Promise<Recovered> opened) {
    writer = begun;
    pool = opening.pool();
    epoch = opening.epoch();
    position = opening.position();
    durable = position;
    bytesBeforeSnapshot = -opening.bytesSinceSnapshot();
    logFileBytes = fileBytes;
    snapshots =
        new SnapshotDesk(
            disk, opening.identity(), threads, opening.snapshotBytes(), this::retireBefore);
    snapshots.durable(durable);
    open = true;
    prepareNext();
    opened.complete(opening.recovered());
  }

  /** A failure here is met again, and told, by the writer when it needs the segment. */
  private void prepareNext() {
    threads
        .background()
        .execute(
            () -> {
              try {
                if (pool != null) {
                  pool.prepare();
                }
              } catch (IOException e) {
                LOG.warning("no segment could be made ready at " + disk.place() + ": " + e);
              }
            });
  }

  @Override
  public long append(Buffer batch) {
    bytes += Frame.sizeBytes(batch.length());
    return hand(batch);
  }

  @Override
  public long raiseEpoch() {
    epoch++;
    return hand(Buffer.buffer());
  }

  private long hand(Buffer batch) {
    if (!open || down != null) {
      throw new IllegalStateException(down == null ? "the journal is not open" : "it is down");
    }
    position++;
    if (handover.add(new LogWriter.Pending(position, epoch, batch))) {
      threads.writer().execute(this::writeWaiting);
    }
    return position;
  }

  /** Runs on the writer until nothing waits. */
  private void writeWaiting() {
    List<LogWriter.Pending> batches;
    while (!(batches = handover.takeAll()).isEmpty()) {
      long began = threads.nanoClock().getAsLong();
      try {
        writer.write(batches);
      } catch (IOException | RuntimeException e) {
        threads.context().execute(() -> failed(e));
        return;
      }
      long ended = threads.nanoClock().getAsLong();
      FlushMeter.Flush flush = FlushMeter.Flush.of(batches, began, ended, writer.diskBytes());
      threads.context().execute(() -> flushed(flush));
    }
  }

  private void flushed(FlushMeter.Flush flush) {
    if (down == null) {
      durable = flush.upTo();
      logFileBytes = flush.fileBytes();
      flushes.record(flush);
      snapshots.durable(durable);
      durableHandler.accept(durable);
    }
  }

  /** After a failed write or flush nothing is known of the file: it is never tried again. */
  private void failed(Throwable cause) {
    if (down == null) {
      down = cause;
      snapshots.down(cause);
      downHandler.handle(cause);
    }
  }

  @Override
  public void onDurable(LongConsumer handler) {
    durableHandler = handler;
  }

  @Override
  public void onDown(Handler<Throwable> handler) {
    downHandler = handler;
  }

  @Override
  public Future<Long> checkpoint(Snapshot frozen) {
    Promise<Long> done = Promise.promise();
    bytesAtSnapshot = bytes;
    snapshots.write(frozen, epoch, done);
    return done.future();
  }

  /** A snapshot holds everything up to there: whole segments before it are free. */
  private void retireBefore(long upTo) {
    bytesBeforeSnapshot = bytesAtSnapshot;
    if (!open) {
      return;
    }
    threads
        .writer()
        .execute(
            () -> {
              List<Long> numbers = writer.superfluous(upTo);
              threads.background().execute(() -> retire(numbers));
            });
  }

  private void retire(List<Long> numbers) {
    try {
      pool.retire(numbers);
    } catch (IOException e) {
      LOG.warning("superfluous segments could not be retired at " + disk.place() + ": " + e);
    }
  }

  @Override
  public JournalStats stats() {
    long now = threads.nanoClock().getAsLong();
    return new JournalStats(
        epoch,
        position,
        durable,
        flushes.count(),
        size(),
        flushes.micros(now),
        flushes.bytes(now),
        snapshots == null ? 0 : snapshots.count(),
        snapshots == null ? 0 : snapshots.lastMs());
  }

  @Override
  public JournalSize size() {
    return pool == null
        ? JournalSize.NONE
        : new JournalSize(
            bytes,
            bytes - bytesBeforeSnapshot,
            snapshots.sizeBytes(),
            logFileBytes + pool.idleBytes() + snapshots.sizeBytes());
  }

  @Override
  public Future<Void> close() {
    Promise<Void> closed = Promise.promise();
    if (snapshots != null) {
      snapshots.down(new IllegalStateException("the journal is closed"));
    }
    open = false;
    threads
        .writer()
        .execute(
            () -> {
              IOException failure = closeFiles();
              threads
                  .background()
                  .execute(() -> threads.context().execute(() -> end(closed, failure)));
            });
    return closed.future();
  }

  private IOException closeFiles() {
    try {
      if (writer != null) {
        pool.close();
        writer.close();
      }
      return null;
    } catch (IOException e) {
      return e;
    }
  }

  private void end(Promise<Void> closed, IOException failure) {
    threads.stop().run();
    if (failure == null) {
      closed.complete();
    } else {
      closed.fail(failure);
    }
  }
}
