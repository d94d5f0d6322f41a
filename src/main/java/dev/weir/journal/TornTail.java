package dev.weir.journal;

import java.nio.ByteBuffer;

/** What a crash leaves of a frame that was being written. */
final class TornTail {

  private TornTail() {}

  /**
   * Whether somebody began to write a frame there. What a reused file holds from its earlier life
   * has lower positions, and an epoch.
   */
  static boolean isTorn(ByteBuffer segment, int at, long missing) {
    if (at + Long.BYTES > segment.limit()) {
      return at < segment.limit();
    }
    long position = segment.getLong(at);
    boolean old =
        position > 0
            && position < missing
            && at + Frame.HEAD_BYTES <= segment.limit()
            && segment.getLong(at + 8) > 0;
    return position != 0 && !old;
  }

  private static int frameBytes(ByteBuffer segment, int at) {
    boolean whole = at + Frame.HEAD_BYTES <= segment.limit();
    int length = whole ? segment.getInt(at + 24) : 0;
    int most = segment.limit() - at;
    return length < 0 || length > most - Frame.HEAD_BYTES ? most : Frame.sizeBytes(length);
  }

  private static int lastByte(ByteBuffer segment, int from, int to) {
    int end = Math.min(to, segment.limit());
    while (end > from && segment.get(end - 1) == 0) {
      end--;
    }
    return end;
  }

  /** Where the last byte of it ends. */
  static int end(ByteBuffer segment, int at) {
    return lastByte(segment, at, at + frameBytes(segment, at));
  }
}
