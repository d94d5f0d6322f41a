package dev.weir.core;

/**
 * How long a refused item waits before it may be taken again: exponential, with a jitter that is a
 * hash of id and attempt, so that a replay comes to the same instant.
 *
 * @param firstMs the delay after the first attempt, in milliseconds
 * @param factor by how much it grows with each further attempt, 1 to 10
 * @param maxMs where it stops growing, in milliseconds
 * @param jitter the part of the delay by which it may be shorter or longer, 0 to 1
 */
public record RetryDelay(long firstMs, double factor, long maxMs, double jitter) {

  public static final RetryDelay DEFAULT = new RetryDelay(100, 2, 60_000, 0.2);

  /** The delay after this attempt (from 1) of this item, in milliseconds. */
  public long afterMs(long id, int attempt) {
    double plainMs = Math.min(maxMs, firstMs * Math.pow(factor, attempt - 1));
    double spread = (mix(id * 31 + attempt) >>> 11) * 0x1.0p-53 * 2 - 1;
    return Math.max(0, Math.round(plainMs * (1 + jitter * spread)));
  }

  /** The finalizer of SplitMix64 (Steele, Lea, Flood 2014): spreads every bit over all bits. */
  static long mix(long value) {
    long z = value + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
