package dev.weir.journal;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * One batch in a segment: a head of {@value #HEAD_BYTES} bytes, the events, zeros up to the next
 * multiple of {@value #ALIGN_BYTES}. All numbers are little-endian.
 *
 * <pre>
 *  0  u64  position       dense: one more than the frame before
 *  8  u64  epoch
 * 16  u64  flushedUpTo    the last position known to be flushed when this was written
 * 24  u32  length         of the events, 0 in a record that only raises the epoch
 * 28  u32  CRC32C         over the salt of the segment, the fields above, the events and the zeros
 * </pre>
 *
 * <p>The salt, the journal's identity and the segment's number, is in no frame, so that neither
 * what a reused file still holds from its earlier life nor what somebody put into an item passes.
 *
 * @param at where the frame begins in its segment
 * @param length how many bytes of events follow the head
 */
record Frame(int at, long position, long epoch, long flushedUpTo, int length) {
  static final int HEAD_BYTES = 32;
  static final int ALIGN_BYTES = 8;

  static int sizeBytes(int length) {
    return HEAD_BYTES + (length + ALIGN_BYTES - 1) / ALIGN_BYTES * ALIGN_BYTES;
  }

  int sizeBytes() {
    return sizeBytes(length);
  }

  int end() {
    return at + sizeBytes();
  }

  int eventsAt() {
    return at + HEAD_BYTES;
  }

  /** What the bytes there say, if they can be a frame at all; nothing is known of its sum. */
  static Frame peek(ByteBuffer segment, int at) {
    if (at + HEAD_BYTES > segment.limit()) {
      return null;
    }
    Frame frame =
        new Frame(
            at,
            segment.getLong(at),
            segment.getLong(at + 8),
            segment.getLong(at + 16),
            segment.getInt(at + 24));
    boolean plausible =
        frame.position > 0
            && frame.flushedUpTo >= 0
            && frame.flushedUpTo < frame.position
            && frame.length >= 0
            && frame.length <= segment.limit()
            && frame.end() <= segment.limit();
    return plausible ? frame : null;
  }

  /** The frame there, or null where its sum does not agree. */
  static Frame read(ByteBuffer segment, int at, byte[] salt) {
    Frame frame = peek(segment, at);
    return frame != null && sum(segment, at, frame.length, salt) == segment.getInt(at + 28)
        ? frame
        : null;
  }

  /** Puts a frame at the buffer's position, which moves to its end. */
  static void write(
      ByteBuffer target, byte[] salt, long position, long epoch, long flushedUpTo, byte[] events) {
    int at = target.position();
    target.putLong(position).putLong(epoch).putLong(flushedUpTo).putInt(events.length).putInt(0);
    target.put(events);
    while (target.position() - at < sizeBytes(events.length)) {
      target.put((byte) 0);
    }
    target.putInt(at + 28, sum(target, at, events.length, salt));
  }

  private static int sum(ByteBuffer bytes, int at, int length, byte[] salt) {
    CRC32C sum = new CRC32C();
    sum.update(salt);
    update(sum, bytes, at, 28);
    update(sum, bytes, at + HEAD_BYTES, sizeBytes(length) - HEAD_BYTES);
    return (int) sum.getValue();
  }

  private static void update(CRC32C sum, ByteBuffer bytes, int at, int length) {
    ByteBuffer part = bytes.duplicate();
    part.limit(at + length).position(at);
    sum.update(part);
  }
}
