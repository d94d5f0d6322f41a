package dev.weir.journal;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes batches into segments: all that wait go into one write and one flush. On one thread at a
 * time; blocks on the disk.
 */
final class LogWriter {
  private static final int STAGING_BYTES = 1 << 20;

  private final SegmentPool pool;
  private final Runnable prepareNext;
  private final List<Written> full = new ArrayList<>();
  private ByteBuffer staging =
      ByteBuffer.allocateDirect(STAGING_BYTES).order(ByteOrder.LITTLE_ENDIAN);
  private Segment segment;
  private long flushed;
  private long lastInSegment;

  /** Whether all that was begun is flushed; never again after a failure. */
  private boolean whole;

  /** A batch that waits to be written. */
  record Pending(long position, long epoch, Buffer events) {
    int sizeBytes() {
      return Frame.sizeBytes(events.length());
    }
  }

  /** A segment that is written no more, with the last position in it. */
  record Written(long number, long last, int sizeBytes) {}

  /**
   * @param prepareNext asks for the next segment to be made ready, on another thread
   */
  LogWriter(SegmentPool pool, Runnable prepareNext) {
    this.pool = pool;
    this.prepareNext = prepareNext;
  }

  /**
   * Goes on behind what is there.
   *
   * @param active the segment to write on; null to begin with a new one
   * @param flushedUpTo the last position, on the disk already
   * @param before the segments that are full
   */
  void start(Segment active, long flushedUpTo, List<Written> before) {
    segment = active;
    flushed = flushedUpTo;
    lastInSegment = flushedUpTo;
    whole = true;
    full.addAll(before);
  }

  /** Writes these batches and returns once they are on the disk. */
  void write(List<Pending> batches) throws IOException {
    whole = false;
    for (Pending batch : batches) {
      int size = batch.sizeBytes();
      if (segment == null || !segment.hasRoom(staging.position() + size)) {
        roll(size);
      }
      if (staging.remaining() < size) {
        writeStaged();
        growStaging(size);
      }
      Frame.write(
          staging,
          segment.salt(),
          batch.position(),
          batch.epoch(),
          flushed,
          batch.events().getBytes());
      lastInSegment = batch.position();
    }
    writeStaged();
    segment.flush();
    flushed = lastInSegment;
    whole = true;
    shrinkStaging();
  }

  /** The full segment is flushed before any frame goes into the next. */
  private void roll(int bytes) throws IOException {
    if (segment != null) {
      writeStaged();
      segment.flush();
      segment.close();
      flushed = lastInSegment;
      full.add(new Written(segment.number(), lastInSegment, segment.sizeBytes()));
    }
    segment = pool.next(bytes);
    prepareNext.run();
  }

  private void writeStaged() throws IOException {
    if (staging.position() > 0) {
      segment.append(staging.flip());
      staging.clear();
    }
  }

  private void growStaging(int bytes) {
    if (staging.capacity() < bytes) {
      staging = ByteBuffer.allocateDirect(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
  }

  private void shrinkStaging() {
    if (staging.capacity() > STAGING_BYTES) {
      staging = ByteBuffer.allocateDirect(STAGING_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    }
  }

  /**
   * Forgets the full segments that hold nothing behind this position, and says which they were. At
   * least one that holds a flushed frame always stays: after a failure the active one may hold
   * none.
   */
  List<Long> superfluous(long position) {
    List<Long> numbers = new ArrayList<>();
    while (whole && !full.isEmpty() && full.get(0).last() <= position) {
      numbers.add(full.remove(0).number());
    }
    return numbers;
  }

  /** How many bytes of files hold frames. */
  long diskBytes() {
    return full.stream().mapToLong(Written::sizeBytes).sum()
        + (segment == null ? 0 : segment.sizeBytes());
  }

  void close() throws IOException {
    if (segment != null) {
      segment.close();
    }
  }
}
