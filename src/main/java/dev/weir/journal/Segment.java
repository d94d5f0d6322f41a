package dev.weir.journal;

import java.io.IOException;
import java.nio.ByteBuffer;

/** The segment that is being written on. Used by the journal's writer alone. */
final class Segment {
  private final SegmentHeader header;
  private final DiskFile file;
  private final byte[] salt;
  private final int size;
  private int end;

  /**
   * @param end where the next frame goes
   * @param size how long the file is
   */
  Segment(SegmentHeader header, DiskFile file, int end, int size) {
    this.header = header;
    this.file = file;
    this.salt = header.salt();
    this.end = end;
    this.size = size;
  }

  long number() {
    return header.number();
  }

  byte[] salt() {
    return salt;
  }

  int sizeBytes() {
    return size;
  }

  /** Whether frames of so many bytes fit behind those that were written or set aside. */
  boolean hasRoom(int bytes) {
    return bytes <= size - end;
  }

  /** Writes frames behind the last. */
  void append(ByteBuffer frames) throws IOException {
    int length = frames.remaining();
    file.write(frames, end);
    end += length;
  }

  void flush() throws IOException {
    file.flush();
  }

  void close() throws IOException {
    file.close();
  }
}
