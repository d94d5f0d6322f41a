package dev.weir.journal;

import io.vertx.core.Promise;
import java.io.IOException;
import java.util.UUID;
import java.util.function.LongConsumer;

/**
 * Writes one snapshot at a time: aside and flushed; once the log is durable up to its position
 * renamed, and the directory flushed; then older ones are deleted. All but {@link #durable} and
 * {@link #write} run in the background.
 */
final class SnapshotDesk {
  private final Disk disk;
  private final UUID journal;
  private final JournalThreads threads;
  private final LongConsumer published;
  private Job job;
  private long durable;
  private long sizeBytes;
  private long count;
  private long lastMs;
  private Throwable down;

  /** A snapshot on its way. */
  private final class Job {
    final Snapshot snapshot;
    final Promise<Long> done;
    final long beganNanos = threads.nanoClock().getAsLong();
    long bytes;
    boolean written;

    Job(Snapshot snapshot, Promise<Long> done) {
      this.snapshot = snapshot;
      this.done = done;
    }
  }

  /**
   * @param sizeBytes the size of the snapshot that is there, 0 without one
   * @param published hears, on the context, up to which position a snapshot holds everything
   */
  SnapshotDesk(
      Disk disk, UUID journal, JournalThreads threads, long sizeBytes, LongConsumer published) {
    this.disk = disk;
    this.journal = journal;
    this.threads = threads;
    this.sizeBytes = sizeBytes;
    this.published = published;
  }

  long sizeBytes() {
    return sizeBytes;
  }

  long count() {
    return count;
  }

  long lastMs() {
    return lastMs;
  }

  void write(Snapshot snapshot, long epoch, Promise<Long> done) {
    if (job != null || down != null) {
      done.fail(
          new IllegalStateException(
              job != null ? "a snapshot is being written already" : "the journal is down", down));
      return;
    }
    Job begun = new Job(snapshot, done);
    job = begun;
    threads.background().execute(() -> writeAside(begun, epoch));
  }

  private void writeAside(Job begun, long epoch) {
    try {
      begun.bytes = SnapshotFile.write(disk, journal, epoch, begun.snapshot);
      threads.context().execute(() -> written(begun));
    } catch (IOException | RuntimeException e) {
      dropAside(e);
      threads.context().execute(() -> failed(begun, e));
    }
  }

  private void dropAside(Exception because) {
    try {
      disk.delete(SnapshotFile.ASIDE);
    } catch (IOException e) {
      because.addSuppressed(e);
    }
  }

  private void written(Job begun) {
    begun.written = true;
    publishIfDurable();
  }

  /** Everything up to that position is in the log for good. */
  void durable(long position) {
    durable = position;
    publishIfDurable();
  }

  private void publishIfDurable() {
    Job begun = job;
    if (begun != null && begun.written && begun.snapshot.position() <= durable) {
      begun.written = false;
      threads.background().execute(() -> publish(begun));
    }
  }

  private void publish(Job begun) {
    try {
      long position = begun.snapshot.position();
      disk.rename(SnapshotFile.ASIDE, SnapshotFile.fileName(position));
      disk.flushDirectory();
      for (String name : disk.list()) {
        if (SnapshotFile.positionOf(name) >= 0 && SnapshotFile.positionOf(name) < position) {
          disk.delete(name);
        }
      }
      threads.context().execute(() -> isPublished(begun));
    } catch (IOException | RuntimeException e) {
      threads.context().execute(() -> failed(begun, e));
    }
  }

  private void isPublished(Job begun) {
    job = null;
    sizeBytes = begun.bytes;
    count++;
    lastMs = (threads.nanoClock().getAsLong() - begun.beganNanos) / 1_000_000;
    published.accept(begun.snapshot.position());
    begun.done.complete(begun.bytes);
  }

  private void failed(Job begun, Throwable cause) {
    job = null;
    begun.done.fail(cause);
  }

  /** The log will never be durable up to the position of a snapshot on its way. */
  void down(Throwable cause) {
    down = cause;
    if (job != null && job.written) {
      failed(job, cause);
    }
  }
}
