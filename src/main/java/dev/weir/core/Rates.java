package dev.weir.core;

import java.util.EnumMap;
import java.util.Map;

/** What a queue did: totals, and how much of it in each of the last 60 seconds. Volatile. */
public final class Rates {
  private static final int SECONDS = 64;

  /** Over how many whole seconds the quick figure is a mean. */
  private static final int QUICK = 5;

  private final long[] totals = new long[Total.values().length];
  private final long[][] buckets = new long[3][SECONDS];
  private long second;

  /** Items a second, as means. */
  public record PerSecond(double put, double take, double ack) {}

  void add(Total total, int count, long nowMs) {
    totals[total.ordinal()] += count;
    if (total.ordinal() < buckets.length) {
      moveTo(nowMs / 1000);
      buckets[total.ordinal()][(int) (second % SECONDS)] += count;
    }
  }

  Map<Total, Long> totals() {
    Map<Total, Long> all = new EnumMap<>(Total.class);
    for (Total total : Total.values()) {
      all.put(total, totals[total.ordinal()]);
    }
    return all;
  }

  PerSecond quick(long nowMs) {
    return perSecond(nowMs, QUICK);
  }

  PerSecond minute(long nowMs) {
    return perSecond(nowMs, 60);
  }

  private PerSecond perSecond(long nowMs, int seconds) {
    return new PerSecond(
        mean(Total.PUT, nowMs, seconds),
        mean(Total.TAKEN, nowMs, seconds),
        mean(Total.ACKED, nowMs, seconds));
  }

  /** How long this many items take to flow, in milliseconds; null when none flowed lately. */
  Long expectedMs(Total flow, long items, long nowMs) {
    double perSecond = mean(flow, nowMs, QUICK);
    return perSecond == 0 ? null : Math.round(items * 1000 / perSecond);
  }

  /** The mean over whole seconds, the one that is not over left out. */
  private double mean(Total total, long nowMs, int seconds) {
    moveTo(nowMs / 1000);
    long sum = 0;
    for (int back = 1; back <= seconds; back++) {
      sum += buckets[total.ordinal()][(int) ((second - back + SECONDS) % SECONDS)];
    }
    return (double) sum / seconds;
  }

  private void moveTo(long nowSecond) {
    long gap = Math.min(nowSecond - second, SECONDS);
    for (long back = 0; back < gap; back++) {
      for (long[] bucket : buckets) {
        bucket[(int) ((nowSecond - back) % SECONDS)] = 0;
      }
    }
    second = Math.max(second, nowSecond);
  }
}
