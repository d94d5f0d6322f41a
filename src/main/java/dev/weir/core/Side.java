package dev.weir.core;

/** One of the two wait lines of a queue. */
public enum Side {
  PRODUCE("produce"),
  CONSUME("consume");

  /** The name on the wire. */
  public final String word;

  Side(String word) {
    this.word = word;
  }
}
