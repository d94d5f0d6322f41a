package dev.weir.journal;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Reads the files of a journal without changing any, and tells a torn tail from damage.
 *
 * <p>Each frame says up to which position everything was flushed when it was written. So where the
 * row of good frames ends, what follows decides: if any good frame behind the end says that the
 * missing position had been flushed, this is no crash but damage, and reading fails with {@link
 * JournalDamagedException}. Else no answer ever leaned on what is missing, and it is cut.
 */
final class JournalFiles {
  private final Disk disk;
  private final SnapshotFile snapshot;
  private final List<Long> numbers;
  private final List<JournalContent.Segment> segments = new ArrayList<>();
  private UUID identity;
  private long loadedNumber;
  private ByteBuffer loaded;
  private long expected;
  private long epoch;
  private long flushed;
  private long batches;
  private long bytes;
  private long cutBatches;
  private long cutBytes;

  private JournalFiles(Disk disk, SnapshotFile snapshot, List<Long> numbers) {
    this.disk = disk;
    this.snapshot = snapshot;
    this.numbers = numbers;
    this.identity = snapshot == null ? null : snapshot.journal();
    this.epoch = snapshot == null ? 0 : snapshot.epoch();
  }

  /** Reads everything and hands what is good to {@code replay}, the snapshot first. */
  static JournalContent read(Disk disk, Replay replay) throws IOException {
    List<Long> numbers = new ArrayList<>();
    long newest = -1;
    for (String name : disk.list()) {
      if (SegmentHeader.numberOf(name) > 0) {
        numbers.add(SegmentHeader.numberOf(name));
      }
      newest = Math.max(newest, SnapshotFile.positionOf(name));
    }
    numbers.sort(null);
    SnapshotFile snapshot =
        newest < 0
            ? null
            : SnapshotFile.read(disk, SnapshotFile.fileName(newest), replay::snapshotChunk);
    return new JournalFiles(disk, snapshot, numbers).log(replay);
  }

  private long snapshotPosition() {
    return snapshot == null ? 0 : snapshot.position();
  }

  private JournalContent log(Replay replay) throws IOException {
    dropLeftOvers();
    boolean over = false;
    for (int i = 0; i < numbers.size(); i++) {
      ByteBuffer segment = load(numbers.get(i));
      if (over) {
        behindTheEnd(segment, i, SegmentHeader.BYTES);
      } else {
        int end = frames(segment, numbers.get(i), replay);
        over = !goesOnIn(i + 1);
        if (over) {
          behindTheEnd(segment, i, end);
        } else {
          segments.add(
              new JournalContent.Segment(
                  numbers.get(i), end, expected - 1, end, 0, segment.limit()));
        }
      }
    }
    return found();
  }

  /** Segments before a gap in their numbers were on their way out. */
  private void dropLeftOvers() {
    for (int i = numbers.size() - 1; i > 0; i--) {
      if (numbers.get(i - 1) != numbers.get(i) - 1) {
        numbers.subList(0, i).clear();
        return;
      }
    }
  }

  private JournalContent found() {
    long position = Math.max(0, expected - 1);
    boolean begun = !numbers.isEmpty() && numbers.get(0) > 1;
    if (expected == 0 && (snapshot != null || begun)) {
      if (cutBatches > 0) {
        throw damaged(numbers.get(0), SegmentHeader.BYTES, "nothing else follows the snapshot");
      }
      long missing = numbers.isEmpty() ? 1 : numbers.get(0) - 1;
      throw new JournalDamagedException(
          "%s is missing: no segment that is there has what follows position %d"
              .formatted(place(missing), snapshotPosition()));
    }
    return new JournalContent(
        identity,
        snapshotPosition(),
        snapshot == null ? 0 : snapshot.sizeBytes(),
        segments,
        position,
        epoch,
        batches,
        bytes,
        cutBatches,
        cutBytes);
  }

  private String place(long number) {
    return disk.place() + "/" + SegmentHeader.fileName(number);
  }

  private byte[] salt(long number) {
    return new SegmentHeader(identity, number).salt();
  }

  private ByteBuffer load(long number) throws IOException {
    if (loadedNumber != number) {
      loaded = loadAnew(number);
      loadedNumber = number;
    }
    return loaded;
  }

  private ByteBuffer loadAnew(long number) throws IOException {
    String place = place(number);
    try (DiskFile file = disk.openToRead(SegmentHeader.fileName(number))) {
      ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(file.sizeBytes()));
      bytes.order(ByteOrder.LITTLE_ENDIAN);
      file.read(bytes, 0);
      bytes.flip();
      SegmentHeader header = SegmentHeader.read(bytes, place);
      if (header.number() != number || identity != null && !identity.equals(header.journal())) {
        throw new JournalDamagedException(
            "%s at byte 8: this is segment %d of journal %s"
                .formatted(place, header.number(), header.journal()));
      }
      identity = header.journal();
      return bytes;
    }
  }

  /** Reads good frames as far as they go, and returns where they end. */
  private int frames(ByteBuffer segment, long number, Replay replay) {
    int at = SegmentHeader.BYTES;
    byte[] salt = salt(number);
    Frame frame;
    while ((frame = Frame.read(segment, at, salt)) != null && isNext(frame, number)) {
      if (frame.epoch() < epoch && frame.position() > snapshotPosition()) {
        throw new JournalDamagedException(
            "%s at byte %d: epoch %d comes after %d"
                .formatted(place(number), at, frame.epoch(), epoch));
      }
      epoch = Math.max(epoch, frame.epoch());
      flushed = Math.max(flushed, frame.flushedUpTo());
      if (frame.position() > snapshotPosition()) {
        batches++;
        bytes += frame.sizeBytes();
        replay.batch(
            frame.position(), Buffer.buffer(bytes(segment, frame.eventsAt(), frame.length())));
      }
      expected = frame.position() + 1;
      at = frame.end();
    }
    return at;
  }

  private static byte[] bytes(ByteBuffer segment, int at, int length) {
    byte[] bytes = new byte[length];
    segment.get(at, bytes);
    return bytes;
  }

  private boolean isNext(Frame frame, long number) {
    if (expected == 0 && frame.position() > snapshotPosition() + 1) {
      throw new JournalDamagedException(
          "%s is missing: %s begins at position %d, and %d is needed"
              .formatted(
                  place(number - 1), place(number), frame.position(), snapshotPosition() + 1));
    }
    return expected == 0 || frame.position() == expected;
  }

  private boolean goesOnIn(int index) throws IOException {
    if (index >= numbers.size()) {
      return false;
    }
    long number = numbers.get(index);
    Frame first = Frame.read(load(number), SegmentHeader.BYTES, salt(number));
    return first != null && first.position() == expected;
  }

  /** Looks at all that follows the last good frame. */
  private void behindTheEnd(ByteBuffer segment, int index, int end) {
    long number = numbers.get(index);
    long missing = Math.max(1, expected);
    if (expected > 0 && missing <= snapshotPosition()) {
      throw damaged(number, end, "the snapshot was made at position " + snapshotPosition());
    }
    int traces = TornTail.isTorn(segment, end, missing) ? 1 : 0;
    int last = traces > 0 ? TornTail.end(segment, end) : end;
    for (int at = end; at + Frame.HEAD_BYTES <= segment.limit(); at += Frame.ALIGN_BYTES) {
      Frame frame = Frame.peek(segment, at);
      if (frame == null
          || frame.position() < missing
          || Frame.read(segment, at, salt(number)) == null) {
        continue;
      }
      if (frame.flushedUpTo() >= missing) {
        throw missingBefore(frame, index, end);
      }
      traces += at == end && traces > 0 ? 0 : 1;
      last = Math.max(last, frame.end());
      at = frame.end() - Frame.ALIGN_BYTES;
    }
    cutBatches += traces;
    cutBytes += last - end;
    boolean holdsFrames = end > SegmentHeader.BYTES;
    segments.add(
        new JournalContent.Segment(
            number,
            end,
            holdsFrames ? expected - 1 : 0,
            firstUnsure(segment, end),
            last - end,
            segment.limit()));
  }

  /** What is missing stood where the good frames ended, or at the begin of the next segment. */
  private JournalDamagedException missingBefore(Frame witness, int index, int end) {
    String why =
        "position %d in %s says it had been flushed"
            .formatted(witness.position(), SegmentHeader.fileName(numbers.get(index)));
    int ended = endIndex(index);
    boolean here = ended == index || witness.at() > SegmentHeader.BYTES;
    return here
        ? damaged(numbers.get(index), end, why)
        : damaged(numbers.get(ended), segments.get(ended).end(), why);
  }

  /** The index of the segment in which the good frames ended. */
  private int endIndex(int index) {
    for (int i = 0; i < segments.size(); i++) {
      if (expected == 0 || segments.get(i).last() == expected - 1) {
        return i;
      }
    }
    return index;
  }

  private int firstUnsure(ByteBuffer segment, int end) {
    int at = SegmentHeader.BYTES;
    while (at < end) {
      Frame frame = Frame.peek(segment, at);
      if (frame.position() > flushed) {
        return at;
      }
      at = frame.end();
    }
    return end;
  }

  private JournalDamagedException damaged(long number, int at, String why) {
    return new JournalDamagedException(
        "%s at byte %d: %s is damaged or missing, and %s"
            .formatted(place(number), at, expected == 0 ? "a batch" : "position " + expected, why));
  }
}
