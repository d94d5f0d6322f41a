package dev.weir.bench.journal;

import java.nio.file.Path;
import java.util.ArrayList;
import org.apache.activemq.artemis.api.core.ActiveMQBuffer;
import org.apache.activemq.artemis.core.io.IOCallback;
import org.apache.activemq.artemis.core.io.nio.NIOSequentialFileFactory;
import org.apache.activemq.artemis.core.journal.EncodingSupport;
import org.apache.activemq.artemis.core.journal.IOCompletion;
import org.apache.activemq.artemis.core.journal.impl.JournalImpl;

/** The bare journal of Artemis: files of 10 MB, buffer 490 KiB, buffer time-out 100 us. */
final class ArtemisSide implements Side {
  private final JournalImpl journal;
  private final EncodingSupport record;
  private long id;

  ArtemisSide(Path directory, byte[] bytes) throws Exception {
    NIOSequentialFileFactory files =
        new NIOSequentialFileFactory(directory.toFile(), true, 490 << 10, 100_000, 500, false);
    files.start();
    journal = new JournalImpl(10 << 20, 4, 10, 0, 0, files, "bench", "log", 500);
    journal.start();
    journal.load(new ArrayList<>(), new ArrayList<>(), null, true);
    record =
        new EncodingSupport() {
          @Override
          public int getEncodeSize() {
            return bytes.length;
          }

          @Override
          public void encode(ActiveMQBuffer buffer) {
            buffer.writeBytes(bytes);
          }

          @Override
          public void decode(ActiveMQBuffer buffer) {
            throw new UnsupportedOperationException();
          }
        };
  }

  @Override
  public String name() {
    return "Artemis journal";
  }

  @Override
  public void begin(Runnable done) {
    try {
      journal.appendAddRecord(++id, (byte) 1, record, true, new Done(done));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private record Done(Runnable then) implements IOCompletion, IOCallback {
    @Override
    public void storeLineUp() {
      // nothing to count
    }

    @Override
    public void done() {
      then.run();
    }

    @Override
    public void onError(int code, String message) {
      throw new IllegalStateException(message);
    }
  }

  @Override
  public void close() throws Exception {
    journal.stop();
  }
}
