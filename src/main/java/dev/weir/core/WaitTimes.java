package dev.weir.core;

import org.HdrHistogram.Histogram;

/** How long one side waited, in milliseconds: this minute and the one before. Volatile. */
public final class WaitTimes {
  private static final long WINDOW_MS = 60_000;

  private Histogram current;
  private Histogram before;
  private long startedMs;

  /** In milliseconds; all 0 when nobody was served lately. */
  public record Summary(long p50, long p99, long max) {
    static final Summary NONE = new Summary(0, 0, 0);
  }

  void record(long waitedMs, long nowMs) {
    turn(nowMs);
    if (current == null) {
      current = new Histogram(2);
      startedMs = nowMs;
    }
    current.recordValue(Math.max(0, waitedMs));
  }

  Summary summary(long nowMs) {
    turn(nowMs);
    if (current == null && before == null) {
      return Summary.NONE;
    }
    Histogram both = new Histogram(2);
    if (before != null) {
      both.add(before);
    }
    if (current != null) {
      both.add(current);
    }
    return new Summary(
        both.getValueAtPercentile(50), both.getValueAtPercentile(99), both.getMaxValue());
  }

  private void turn(long nowMs) {
    if (current != null && nowMs - startedMs >= WINDOW_MS) {
      before = nowMs - startedMs < 2 * WINDOW_MS ? current : null;
      current = null;
      startedMs = nowMs;
    } else if (current == null && before != null && nowMs - startedMs >= WINDOW_MS) {
      before = null;
    }
  }
}
