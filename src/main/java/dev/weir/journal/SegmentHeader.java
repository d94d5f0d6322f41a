package dev.weir.journal;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * The first {@value #BYTES} bytes of a segment.
 *
 * <pre>
 *  0  8 bytes  "WEIRLOG" and the version
 *  8  u64 u64  identity of the journal
 * 24  u64      number of the segment
 * 32  u32      CRC32C of the above
 * 36           zeros
 * </pre>
 */
record SegmentHeader(UUID journal, long number) {
  static final int BYTES = 64;
  static final byte VERSION = 1;
  private static final byte[] MAGIC = {'W', 'E', 'I', 'R', 'L', 'O', 'G'};

  /** The file a segment is in. */
  static String fileName(long number) {
    return "log-%012d".formatted(number);
  }

  /** The number of the segment in a file of that name; 0 where it is none. */
  static long numberOf(String fileName) {
    return fileName.matches("log-\\d{12}") ? Long.parseLong(fileName.substring(4)) : 0;
  }

  /** What goes into the sum of each frame of this segment. */
  byte[] salt() {
    return ByteBuffer.allocate(3 * Long.BYTES)
        .putLong(journal.getMostSignificantBits())
        .putLong(journal.getLeastSignificantBits())
        .putLong(number)
        .array();
  }

  ByteBuffer encoded() {
    ByteBuffer bytes = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put(MAGIC).put(VERSION);
    bytes.putLong(journal.getMostSignificantBits()).putLong(journal.getLeastSignificantBits());
    bytes.putLong(number).putInt(sum(bytes));
    return bytes.rewind();
  }

  /**
   * Reads a header.
   *
   * @param place names the file in a refusal
   */
  static SegmentHeader read(ByteBuffer bytes, String place) {
    if (bytes.limit() < BYTES) {
      throw new JournalDamagedException(place + " at byte 0: the file is too short for a header");
    }
    for (int i = 0; i < MAGIC.length; i++) {
      if (bytes.get(i) != MAGIC[i]) {
        throw new JournalDamagedException(place + " at byte 0: this is no segment of a journal");
      }
    }
    if (bytes.get(MAGIC.length) != VERSION) {
      throw new JournalDamagedException(
          "%s at byte 7: version %d is not known here, %d is"
              .formatted(place, bytes.get(MAGIC.length), VERSION));
    }
    if (bytes.getInt(32) != sum(bytes)) {
      throw new JournalDamagedException(place + " at byte 32: the header's sum does not agree");
    }
    return new SegmentHeader(new UUID(bytes.getLong(8), bytes.getLong(16)), bytes.getLong(24));
  }

  private static int sum(ByteBuffer bytes) {
    CRC32C sum = new CRC32C();
    sum.update(bytes.duplicate().limit(32).position(0));
    return (int) sum.getValue();
  }
}
