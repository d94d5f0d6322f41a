package dev.weir.node;

/** Tells the time to the queues of one verticle; never goes back. */
public interface Clock {

  /** Milliseconds since the epoch. */
  long nowMs();
}
