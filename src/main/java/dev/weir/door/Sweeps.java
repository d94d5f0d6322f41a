package dev.weir.door;

/** How often a door looks for connections that stand still. */
public final class Sweeps {
  private static final long LEAST_MS = 10;
  private static final long MOST_MS = 500;

  private Sweeps() {}

  /**
   * Often enough that none outlives its limit by much.
   *
   * @param shortestMs the shortest of the limits that are looked after, in milliseconds
   */
  public static long everyMs(long shortestMs) {
    return Math.max(LEAST_MS, Math.min(MOST_MS, shortestMs / 4));
  }
}
