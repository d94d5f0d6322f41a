package dev.weir.client;

/**
 * Settings of a consumption.
 *
 * @param concurrency how many items are worked on at once
 * @param leaseMs how long a lease is; it is renewed while the handler runs
 */
public record ConsumeOptions(int concurrency, long leaseMs) {
  public static final ConsumeOptions DEFAULT = new ConsumeOptions(1, 30_000);

  public ConsumeOptions withConcurrency(int other) {
    return new ConsumeOptions(other, leaseMs);
  }

  public ConsumeOptions withLeaseMs(long other) {
    return new ConsumeOptions(concurrency, other);
  }
}
