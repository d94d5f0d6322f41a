package dev.weir.bench.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A write and an fdatasync of the same bytes, one after another, in a file filled before. */
final class SerialSide implements Side {
  private static final int FILE_BYTES = 32 << 20;
  private final FileChannel file;
  private final ByteBuffer record;
  private long at;

  SerialSide(Path file, int recordBytes) throws IOException {
    this.file = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    this.record = ByteBuffer.allocateDirect(recordBytes);
    ByteBuffer zeros = ByteBuffer.allocate(1 << 20);
    for (long i = 0; i < FILE_BYTES; i += zeros.capacity()) {
      this.file.write(zeros.clear(), i);
    }
    this.file.force(true);
  }

  @Override
  public String name() {
    return "write + fdatasync";
  }

  @Override
  public boolean takes(int outstanding) {
    return outstanding == 1;
  }

  private Runnable next;
  private boolean running;

  /** A loop, not a recursion: the end of one begins the next. */
  @Override
  public void begin(Runnable done) {
    next = done;
    if (!running) {
      running = true;
      while (next != null) {
        Runnable then = next;
        next = null;
        writeOne();
        then.run();
      }
      running = false;
    }
  }

  private void writeOne() {
    try {
      file.write(record.clear(), at);
      file.force(false);
      at = at + 2L * record.capacity() > FILE_BYTES ? 0 : at + record.capacity();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
