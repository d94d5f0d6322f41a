package dev.weir.client;

/**
 * Settings of a take.
 *
 * @param max how many items at most
 * @param waitMs how long to wait for the first, in line at the queue
 * @param leaseMs how long they are leased, -1 for what the queue says
 * @param autoAck whether they are done as soon as they are handed out
 */
public record TakeOptions(int max, long waitMs, long leaseMs, boolean autoAck) {
  public static final long DEFAULT_WAIT_MS = 20_000;
  public static final TakeOptions DEFAULT = new TakeOptions(1, DEFAULT_WAIT_MS, -1, false);

  public TakeOptions withMax(int other) {
    return new TakeOptions(other, waitMs, leaseMs, autoAck);
  }

  public TakeOptions withWaitMs(long other) {
    return new TakeOptions(max, other, leaseMs, autoAck);
  }

  public TakeOptions withLeaseMs(long other) {
    return new TakeOptions(max, waitMs, other, autoAck);
  }

  public TakeOptions withAutoAck(boolean other) {
    return new TakeOptions(max, waitMs, leaseMs, other);
  }
}
