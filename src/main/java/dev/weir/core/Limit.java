package dev.weir.core;

/** Every whole-number setting of a queue, with its default and range. */
public enum Limit {
  CAPACITY("capacity", 1000),
  CAPACITY_BYTES("capacityBytes", 64L << 20, 1, Limit.BYTES_MOST),
  ITEM_BYTES_MAX("itemBytesMax", 1L << 20, 1, Limit.BYTES_MOST),
  BATCH_ITEMS_MAX("batchItemsMax", 1000),
  BATCH_BYTES_MAX("batchBytesMax", 4L << 20, 1, Limit.BYTES_MOST),
  LEASE_MS("leaseMs", 30_000),
  LEASE_MS_MAX("leaseMsMax", 43_200_000),
  WAIT_MS_MAX("waitMsMax", 25_000),
  ATTEMPTS_MAX("attemptsMax", 5),
  DEAD_CAPACITY("deadCapacity", 1000),
  DEAD_CAPACITY_BYTES("deadCapacityBytes", 64L << 20, 1, Limit.BYTES_MOST),
  SESSIONS_MAX("sessionsMax", 10_000),
  SESSION_WINDOW("sessionWindow", 1024),
  DEDUPE_MS("dedupeMs", 600_000, 0, Limit.MOST),
  DEDUPE_KEYS_MAX("dedupeKeysMax", 100_000),
  ACKS_REMEMBERED("acksRemembered", 100_000),
  WAITERS_MAX("waitersMax", 10_000),
  WAITERS_BYTES_MAX("waitersBytesMax", 64L << 20, 1, Limit.BYTES_MOST),
  AUDIT_MAX("auditMax", 10_000);

  /** The largest count or duration in milliseconds. */
  public static final long MOST = Integer.MAX_VALUE;

  /** The largest size in bytes. */
  public static final long BYTES_MOST = 1L << 40;

  /** The name on the wire and in the configuration; its ending tells the unit. */
  public final String word;

  public final long fallback;
  public final long least;
  public final long most;

  Limit(String word, long fallback) {
    this(word, fallback, 1, MOST);
  }

  Limit(String word, long fallback, long least, long most) {
    this.word = word;
    this.fallback = fallback;
    this.least = least;
    this.most = most;
  }
}
