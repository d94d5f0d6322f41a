package dev.weir.client;

/**
 * Settings of a client.
 *
 * @param name what it calls itself as producer and consumer, 1 to 128 characters
 * @param retry how single calls are tried again
 */
public record QueueClientOptions(String name, RetryOptions retry) {

  public QueueClientOptions withRetry(RetryOptions other) {
    return new QueueClientOptions(name, other);
  }
}
