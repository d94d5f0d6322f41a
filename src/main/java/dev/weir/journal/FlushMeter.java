package dev.weir.journal;

import dev.weir.core.Distribution;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What the writes of one journal took. On its context; told of each write once it is flushed. */
final class FlushMeter {
  private final Distribution micros = new Distribution(Distribution.Scale.MICROS);
  private final Distribution bytes = new Distribution(Distribution.Scale.BYTES);
  private long count;

  /** One write with its flush. */
  record Flush(long upTo, long sizeBytes, long beganNanos, long endedNanos, long fileBytes) {
    static Flush of(
        List<LogWriter.Pending> batches, long beganNanos, long endedNanos, long fileBytes) {
      long size = 0;
      for (LogWriter.Pending batch : batches) {
        size += batch.sizeBytes();
      }
      long upTo = batches.get(batches.size() - 1).position();
      return new Flush(upTo, size, beganNanos, endedNanos, fileBytes);
    }
  }

  void record(Flush flush) {
    long nowMs = TimeUnit.NANOSECONDS.toMillis(flush.endedNanos);
    micros.record((flush.endedNanos - flush.beganNanos) / 1000, nowMs);
    bytes.record(flush.sizeBytes, nowMs);
    count++;
  }

  long count() {
    return count;
  }

  Distribution.View micros(long nowNanos) {
    return micros.view(TimeUnit.NANOSECONDS.toMillis(nowNanos));
  }

  Distribution.View bytes(long nowNanos) {
    return bytes.view(TimeUnit.NANOSECONDS.toMillis(nowNanos));
  }
}
