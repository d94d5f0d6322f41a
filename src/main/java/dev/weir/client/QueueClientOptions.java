package dev.weir.client;

/**
 * Settings of a client.
 *
 * @param name what it calls itself as producer and consumer, 1 to 128 characters
 * @param retry how single calls are tried again
 * @param waitAtOnceMs how long one request waits at the queue at most, in milliseconds; a longer
 *     wait is asked for again in time, and keeps its place; not over the queue's {@code waitMsMax}
 */
public record QueueClientOptions(String name, RetryOptions retry, long waitAtOnceMs) {
  public static final long DEFAULT_WAIT_AT_ONCE_MS = 20_000;

  public QueueClientOptions(String name, RetryOptions retry) {
    this(name, retry, DEFAULT_WAIT_AT_ONCE_MS);
  }

  public QueueClientOptions withRetry(RetryOptions other) {
    return new QueueClientOptions(name, other, waitAtOnceMs);
  }
}
