package dev.weir.node;

import dev.weir.journal.JournalSize;
import java.util.function.LongSupplier;

/**
 * When a journal gets a snapshot without being asked: once the log since the last one is longer
 * than twice what is alive, or its files take more than three times that, so that a disk never
 * holds more than about four times the live bytes.
 */
final class Checkpoints {
  private static final long LOG_BYTES_MIN = 64L << 20;
  private static final long FILE_BYTES_MIN = 192L << 20;
  private static final long GROWN_BYTES_MIN = 1L << 20;

  private boolean running;
  private long wantedAgainAt;

  /**
   * @param liveBytes what is alive; asked only where it matters
   */
  boolean wants(JournalSize size, LongSupplier liveBytes) {
    if (running
        || size.appendedBytes() < wantedAgainAt
        || size.logBytes() < LOG_BYTES_MIN && size.fileBytes() < FILE_BYTES_MIN) {
      return false;
    }
    long live = liveBytes.getAsLong();
    boolean shrunk = size.snapshotBytes() > 2 * live + LOG_BYTES_MIN;
    return size.logBytes() > Math.max(LOG_BYTES_MIN, 2 * live)
        || size.fileBytes() > 3 * live + FILE_BYTES_MIN
            && (shrunk || size.logBytes() > GROWN_BYTES_MIN);
  }

  /** One is being written; if it fails, the next is wanted when the log has grown again. */
  void begun(JournalSize size) {
    running = true;
    wantedAgainAt = size.appendedBytes() + GROWN_BYTES_MIN;
  }

  void over() {
    running = false;
  }
}
