package dev.weir.core;

import org.HdrHistogram.Histogram;

/**
 * How values are spread: counted for good under fixed bounds, so that what several nodes counted
 * can be added up, and quantiles of the last one to two minutes, exact to two digits. Volatile; one
 * thread at a time.
 */
public final class Distribution {
  private static final long WINDOW_MS = 60_000;
  private static final int DIGITS = 2;

  private final Scale scale;
  private final long[] counts;
  private long sum;
  private Histogram current;
  private Histogram before;
  private long startedMs;

  /** What is measured, and under which bounds (each one inclusive) it is counted. */
  public enum Scale {
    MILLIS(1, 2, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000, 30_000, 60_000, 600_000),
    MICROS(
        50, 100, 250, 500, 1000, 2500, 5000, 10_000, 25_000, 50_000, 100_000, 250_000, 1_000_000),
    BYTES(256, 1024, 4096, 16_384, 65_536, 262_144, 1_048_576, 4_194_304);

    private final long[] bounds;

    Scale(long... bounds) {
      this.bounds = bounds;
    }

    /** The bounds, rising; what is over the last one is counted too. */
    public long[] bounds() {
      return bounds.clone();
    }

    private int placeOf(long value) {
      int place = 0;
      while (place < bounds.length && value > bounds[place]) {
        place++;
      }
      return place;
    }
  }

  /** Quantiles of the last minutes, in the unit of the scale; all 0 when there was nothing. */
  public record Summary(long p50, long p99, long max) {
    static final Summary NONE = new Summary(0, 0, 0);
  }

  /**
   * All there is to tell at one instant.
   *
   * @param counts one for each bound of the scale (values over the bound before it, up to it), and
   *     a last one for what is over them all
   * @param sum of all values
   */
  public record View(Scale scale, long[] counts, long sum, Summary recent) {
    /** Nothing was ever recorded. */
    public static View none(Scale scale) {
      return new View(scale, new long[scale.bounds.length + 1], 0, Summary.NONE);
    }
  }

  public Distribution(Scale scale) {
    this.scale = scale;
    this.counts = new long[scale.bounds.length + 1];
  }

  /** Takes one value in; one below 0 counts as 0. */
  public void record(long value, long nowMs) {
    long counted = Math.max(0, value);
    turn(nowMs);
    if (current == null) {
      current = new Histogram(DIGITS);
      startedMs = nowMs;
    }
    current.recordValue(counted);
    counts[scale.placeOf(counted)]++;
    sum += counted;
  }

  public View view(long nowMs) {
    return new View(scale, counts.clone(), sum, summary(nowMs));
  }

  public Summary summary(long nowMs) {
    turn(nowMs);
    if (current == null && before == null) {
      return Summary.NONE;
    }
    Histogram both = new Histogram(DIGITS);
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
