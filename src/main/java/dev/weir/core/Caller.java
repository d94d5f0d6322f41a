package dev.weir.core;

/** Whoever waits for an answer; the queue only hands it back with the answer. */
public interface Caller {

  /** The node that asks, or the node and the connection at its door; null when unknown. */
  String from();
}
