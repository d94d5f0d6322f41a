package dev.weir.node;

/** The wall clock, looked at once; from then on time only goes forward. */
public final class MonotonicClock implements Clock {
  private final long startedNanos = System.nanoTime();
  private final long startedMs;

  private MonotonicClock(long startedMs) {
    this.startedMs = startedMs;
  }

  /**
   * @param notBeforeMs the last instant that is known to have passed, 0 for none
   */
  public static Clock notBefore(long notBeforeMs) {
    return new MonotonicClock(Math.max(System.currentTimeMillis(), notBeforeMs));
  }

  @Override
  public long nowMs() {
    return startedMs + (System.nanoTime() - startedNanos) / 1_000_000;
  }
}
