package dev.weir.client;

/**
 * Settings of a put.
 *
 * @param key by which the queue tells that it has the item already; null for none
 * @param delayMs how long the item may not be taken yet
 * @param waitMs how long to wait for room, in line at the queue
 */
public record PutOptions(String key, long delayMs, long waitMs) {
  public static final long DEFAULT_WAIT_MS = 20_000;
  public static final PutOptions DEFAULT = new PutOptions(null, 0, DEFAULT_WAIT_MS);

  public PutOptions withKey(String other) {
    return new PutOptions(other, delayMs, waitMs);
  }

  public PutOptions withDelayMs(long other) {
    return new PutOptions(key, other, waitMs);
  }

  public PutOptions withWaitMs(long other) {
    return new PutOptions(key, delayMs, other);
  }
}
