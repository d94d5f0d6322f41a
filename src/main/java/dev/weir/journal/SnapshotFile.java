package dev.weir.journal;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/**
 * A snapshot on the disk: a head of {@value #HEAD_BYTES} bytes, then chunks. All numbers are
 * little-endian.
 *
 * <pre>
 *  0  8 bytes  "WEIRSNP" and the version       each chunk:
 *  8  u64 u64  identity of the journal         0  u32  length; 0 in the one that ends the file
 * 24  u64      position                        4  u32  CRC32C over its number from 0, the
 * 32  u64      epoch                                   position, and the bytes
 * 40  u32      CRC32C of the above             8       bytes
 * 44           zeros
 * </pre>
 *
 * @param epoch the one in force when the snapshot was frozen
 */
record SnapshotFile(UUID journal, long position, long epoch, long sizeBytes) {
  static final String ASIDE = "new-snapshot";
  static final int HEAD_BYTES = 64;
  static final byte VERSION = 1;
  private static final byte[] MAGIC = {'W', 'E', 'I', 'R', 'S', 'N', 'P'};
  private static final int CHUNK_HEAD_BYTES = 8;

  static String fileName(long position) {
    return "snapshot-%016d".formatted(position);
  }

  /** The position of the snapshot in a file of that name; -1 where it is none. */
  static long positionOf(String fileName) {
    return fileName.matches("snapshot-\\d{16}") ? Long.parseLong(fileName.substring(9)) : -1;
  }

  /**
   * Writes a snapshot aside and flushes it.
   *
   * @return its size in bytes
   */
  static long write(Disk disk, UUID journal, long epoch, Snapshot snapshot) throws IOException {
    try (DiskFile file = disk.openToWrite(ASIDE)) {
      file.write(head(journal, snapshot.position(), epoch), 0);
      long at = HEAD_BYTES;
      int number = 0;
      while (snapshot.chunks().hasNext()) {
        byte[] bytes = snapshot.chunks().next().getBytes();
        if (bytes.length > 0) {
          at = chunk(file, at, number++, snapshot.position(), bytes);
        }
      }
      at = chunk(file, at, number, snapshot.position(), new byte[0]);
      file.flush();
      return at;
    }
  }

  private static ByteBuffer head(UUID journal, long position, long epoch) {
    ByteBuffer head = ByteBuffer.allocate(HEAD_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    head.put(MAGIC).put(VERSION);
    head.putLong(journal.getMostSignificantBits()).putLong(journal.getLeastSignificantBits());
    head.putLong(position).putLong(epoch);
    head.putInt(sum(head));
    return head.rewind();
  }

  private static int sum(ByteBuffer head) {
    CRC32C sum = new CRC32C();
    sum.update(head.duplicate().limit(40).position(0));
    return (int) sum.getValue();
  }

  private static long chunk(DiskFile file, long at, int number, long position, byte[] bytes)
      throws IOException {
    ByteBuffer out =
        ByteBuffer.allocate(CHUNK_HEAD_BYTES + bytes.length).order(ByteOrder.LITTLE_ENDIAN);
    out.putInt(bytes.length).putInt(sum(number, position, bytes)).put(bytes);
    file.write(out.flip(), at);
    return at + CHUNK_HEAD_BYTES + bytes.length;
  }

  private static int sum(int number, long position, byte[] bytes) {
    CRC32C sum = new CRC32C();
    sum.update(ByteBuffer.allocate(16).putLong(number).putLong(position).flip());
    sum.update(bytes);
    return (int) sum.getValue();
  }

  /** Reads a snapshot whole and hands on its chunks; whatever is wrong with it is damage. */
  static SnapshotFile read(Disk disk, String name, Consumer<Buffer> chunks) throws IOException {
    String place = disk.place() + "/" + name;
    try (DiskFile file = disk.openToRead(name)) {
      SnapshotFile snapshot = head(file, name, place);
      long at = HEAD_BYTES;
      for (int number = 0; ; number++) {
        byte[] bytes = chunk(file, at, number, snapshot.position, place);
        if (bytes.length == 0) {
          return snapshot;
        }
        chunks.accept(Buffer.buffer(bytes));
        at += CHUNK_HEAD_BYTES + bytes.length;
      }
    }
  }

  private static SnapshotFile head(DiskFile file, String name, String place) throws IOException {
    ByteBuffer head = ByteBuffer.allocate(HEAD_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    file.read(head, 0);
    for (int i = 0; i < MAGIC.length; i++) {
      if (head.get(i) != MAGIC[i]) {
        throw new JournalDamagedException(place + " at byte 0: this is no snapshot");
      }
    }
    if (head.get(MAGIC.length) != VERSION) {
      throw new JournalDamagedException(
          "%s at byte 7: version %d is not known here, %d is"
              .formatted(place, head.get(MAGIC.length), VERSION));
    }
    if (head.getInt(40) != sum(head) || head.getLong(24) != positionOf(name)) {
      throw new JournalDamagedException(place + " at byte 40: the head's sum does not agree");
    }
    return new SnapshotFile(
        new UUID(head.getLong(8), head.getLong(16)),
        head.getLong(24),
        head.getLong(32),
        file.sizeBytes());
  }

  private static byte[] chunk(DiskFile file, long at, int number, long position, String place)
      throws IOException {
    ByteBuffer head = ByteBuffer.allocate(CHUNK_HEAD_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    file.read(head, at);
    int length = head.getInt(0);
    boolean fits = length >= 0 && length <= file.sizeBytes() - at - CHUNK_HEAD_BYTES;
    byte[] bytes = new byte[fits ? length : 0];
    file.read(ByteBuffer.wrap(bytes), at + CHUNK_HEAD_BYTES);
    if (head.hasRemaining() || !fits || head.getInt(4) != sum(number, position, bytes)) {
      throw new JournalDamagedException(
          "%s at byte %d: the sum of chunk %d does not agree".formatted(place, at, number));
    }
    return bytes;
  }
}
