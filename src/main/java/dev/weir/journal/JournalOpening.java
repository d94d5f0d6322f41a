package dev.weir.journal;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Opens a journal step by step: first everything is read and nothing changed; then what a crash
 * tore is zeroed and flushed; then the record of the new epoch is written and flushed. Blocks.
 */
final class JournalOpening {
  private final Disk disk;
  private final int segmentBytes;
  private final UUID newIdentity;
  private final long firstEpoch;
  private JournalContent found;
  private SegmentPool pool;
  private long epoch;

  JournalOpening(Disk disk, int segmentBytes, UUID newIdentity, long firstEpoch) {
    this.disk = disk;
    this.segmentBytes = segmentBytes;
    this.newIdentity = newIdentity;
    this.firstEpoch = firstEpoch;
  }

  /** Proves that the files belong together, then reads them again into the state. */
  void read(Replay replay) throws IOException {
    JournalFiles.read(disk, Replay.NONE);
    found = JournalFiles.read(disk, replay);
    epoch = Math.max(found.epoch() + 1, firstEpoch);
  }

  /**
   * Makes the files whole and begins the new epoch.
   *
   * @param prepareNext asks for the next segment to be made ready, on another thread
   * @return who writes from now on
   */
  LogWriter begin(Runnable prepareNext) throws IOException {
    if (!found.segments().isEmpty()) {
      disk.flushDirectory(); // a process that was killed may have left its snapshot's name
      // unflushed
    }
    int active = found.active();
    dropBehind(active);
    List<LogWriter.Written> full = new ArrayList<>();
    for (JournalContent.Segment segment : found.segments().subList(0, full(active))) {
      full.add(new LogWriter.Written(segment.number(), segment.last(), size(segment)));
    }
    LogWriter writer = new LogWriter(pool, prepareNext);
    writer.start(activeSegment(active), found.position(), full);
    List<Long> superfluous = writer.superfluous(found.snapshotPosition());
    pool.tidy(firstNumber(superfluous), found.snapshotPosition());
    writer.write(List.of(new LogWriter.Pending(position(), epoch, Buffer.buffer())));
    return writer;
  }

  private int full(int active) {
    return Math.min(active, found.segments().size());
  }

  private static int size(JournalContent.Segment segment) {
    return Math.toIntExact(segment.sizeBytes());
  }

  private long firstNumber(List<Long> superfluous) {
    List<JournalContent.Segment> segments = found.segments();
    return segments.isEmpty() ? 0 : segments.get(superfluous.size()).number();
  }

  /** Of what follows the active segment only one that was made ready and never used may stay. */
  private void dropBehind(int active) throws IOException {
    List<JournalContent.Segment> segments = found.segments();
    long lastNumber = segments.isEmpty() ? 0 : segments.get(active).number();
    boolean ready = false;
    for (int i = segments.size() - 1; i > active; i--) {
      JournalContent.Segment segment = segments.get(i);
      ready = i == active + 1 && segment.cut() == 0 && segment.sizeBytes() == segmentBytes;
      if (!ready) {
        disk.delete(SegmentHeader.fileName(segment.number()));
        disk.flushDirectory();
      }
    }
    pool = new SegmentPool(disk, identity(), segmentBytes, lastNumber + (ready ? 1 : 0));
    if (ready) {
      pool.lastIsPrepared();
    }
  }

  private Segment activeSegment(int active) throws IOException {
    if (found.segments().isEmpty()) {
      return null;
    }
    JournalContent.Segment segment = found.segments().get(active);
    DiskFile file = disk.openToWrite(SegmentHeader.fileName(segment.number()));
    if (segment.cut() > 0) {
      SegmentPool.fill(file, segment.end(), segment.end() + segment.cut());
    }
    SegmentPool.fill(file, segment.sizeBytes(), segmentBytes);
    writeAgain(file, segment);
    file.flush();
    return new Segment(
        new SegmentHeader(identity(), segment.number()),
        file,
        segment.end(),
        Math.toIntExact(file.sizeBytes()));
  }

  /**
   * Writes once more what nothing says was flushed. Were it a flush that failed, the pages would
   * count as clean by now: read well, and yet never reach the disk.
   */
  private static void writeAgain(DiskFile file, JournalContent.Segment segment) throws IOException {
    ByteBuffer unsure = ByteBuffer.allocate(segment.end() - segment.unsure());
    file.read(unsure, segment.unsure());
    file.write(unsure.flip(), segment.unsure());
  }

  UUID identity() {
    return found.journal() == null ? newIdentity : found.journal();
  }

  SegmentPool pool() {
    return pool;
  }

  long epoch() {
    return epoch;
  }

  /** The position of the new epoch's record. */
  long position() {
    return found.position() + 1;
  }

  /** How many bytes of log there are behind the snapshot. */
  long bytesSinceSnapshot() {
    return found.bytes();
  }

  Recovered recovered() {
    return new Recovered(
        epoch,
        position(),
        found.batches(),
        found.bytes() + found.snapshotBytes(),
        found.cutBatches(),
        found.cutBytes());
  }

  long snapshotBytes() {
    return found.snapshotBytes();
  }
}
