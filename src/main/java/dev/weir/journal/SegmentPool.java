package dev.weir.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.UUID;

/**
 * Segments that are ready to be written on, made ahead of use: filled with zeros, or taken over
 * from a segment that a snapshot made superfluous. A flush within a prepared file writes no
 * metadata. May be called from several threads; blocks on the disk.
 */
final class SegmentPool {
  private static final String ASIDE = "new-segment";
  private static final String SPARE = "spare-";
  private static final int SPARES_MAX = 1;
  private static final int ZEROS = 1 << 20;

  private final Disk disk;
  private final UUID journal;
  private final int segmentBytes;
  private final Deque<String> spares = new ArrayDeque<>();
  private long lastNumber;
  private boolean prepared;
  private boolean closed;

  /**
   * @param lastNumber the highest number in use
   */
  SegmentPool(Disk disk, UUID journal, int segmentBytes, long lastNumber) {
    this.disk = disk;
    this.journal = journal;
    this.segmentBytes = segmentBytes;
    this.lastNumber = lastNumber;
  }

  /** The last segment that is there has not been written on yet. */
  synchronized void lastIsPrepared() {
    prepared = true;
  }

  /** Sees to it that the next segment is ready. */
  synchronized void prepare() throws IOException {
    if (!prepared && !closed) {
      make(lastNumber + 1);
      lastNumber++;
      prepared = true;
    }
  }

  /**
   * Hands out the next segment, open to be written on.
   *
   * @param bytes how many bytes of frames it must hold at least
   */
  synchronized Segment next(int bytes) throws IOException {
    prepare();
    SegmentHeader header = new SegmentHeader(journal, lastNumber);
    DiskFile file = disk.openToWrite(SegmentHeader.fileName(lastNumber));
    prepared = false;
    long size = file.sizeBytes();
    if (size < SegmentHeader.BYTES + (long) bytes) {
      fill(file, size, SegmentHeader.BYTES + (long) bytes);
      file.flush();
      size = file.sizeBytes();
    }
    return new Segment(header, file, SegmentHeader.BYTES, Math.toIntExact(size));
  }

  private void make(long number) throws IOException {
    String name = spares.pollFirst();
    String from = name == null ? ASIDE : name;
    try (DiskFile file = disk.openToWrite(from)) {
      fill(file, file.sizeBytes(), segmentBytes);
      file.write(new SegmentHeader(journal, number).encoded(), 0);
      file.flush();
    } catch (IOException e) {
      drop(from, e);
      throw e;
    }
    disk.rename(from, SegmentHeader.fileName(number));
    disk.flushDirectory();
  }

  /** A file that could not be made whole, on a full disk, gives its space back. */
  private void drop(String name, IOException because) {
    try {
      disk.delete(name);
    } catch (IOException e) {
      because.addSuppressed(e);
    }
  }

  static void fill(DiskFile file, long from, long to) throws IOException {
    for (long at = from; at < to; at += ZEROS) {
      file.write(ByteBuffer.allocate((int) Math.min(ZEROS, to - at)), at);
    }
  }

  /** Takes segments that nobody needs: one is kept for reuse, the others are deleted. */
  synchronized void retire(List<Long> numbers) throws IOException {
    for (long number : numbers) {
      String name = SegmentHeader.fileName(number);
      if (closed || spares.size() >= SPARES_MAX || sizeBytes(name) != segmentBytes) {
        disk.delete(name);
      } else {
        disk.rename(name, SPARE + number);
        spares.addLast(SPARE + number);
      }
    }
    disk.flushDirectory();
  }

  private long sizeBytes(String name) throws IOException {
    try (DiskFile file = disk.openToRead(name)) {
      return file.sizeBytes();
    }
  }

  /** Removes what earlier lives left behind: files half made, spares, superfluous segments. */
  synchronized void tidy(long firstNeeded, long snapshotPosition) throws IOException {
    List<Long> superfluous = new ArrayList<>();
    for (String name : disk.list()) {
      long number = SegmentHeader.numberOf(name);
      long position = SnapshotFile.positionOf(name);
      if (number > 0 && number < firstNeeded) {
        superfluous.add(number);
      } else if (position >= 0 && position < snapshotPosition
          || name.equals(ASIDE)
          || name.equals(SnapshotFile.ASIDE)
          || name.startsWith(SPARE)) {
        disk.delete(name);
      }
    }
    superfluous.sort(null);
    if (!superfluous.isEmpty()) {
      retire(superfluous);
    }
  }

  /** How many bytes of files are ready and not yet written on. */
  synchronized long idleBytes() {
    return (spares.size() + (prepared ? 1L : 0L)) * segmentBytes;
  }

  synchronized void close() {
    closed = true;
  }
}
