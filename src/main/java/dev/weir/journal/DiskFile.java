package dev.weir.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** One file on a {@link Disk}. */
public interface DiskFile extends Closeable {

  long sizeBytes() throws IOException;

  /** Fills the buffer from that place on, or up to the file's end. */
  void read(ByteBuffer target, long at) throws IOException;

  /** Writes all that remains in the buffer. */
  void write(ByteBuffer bytes, long at) throws IOException;

  /**
   * Returns once what was written is on the disk. After a failure nothing is known of it, and
   * another flush says nothing.
   */
  void flush() throws IOException;
}
