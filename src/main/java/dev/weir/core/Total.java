package dev.weir.core;

/** What is counted since the queue was opened. */
public enum Total {
  PUT("put"),
  TAKEN("taken"),
  ACKED("acked"),
  NACKED("nacked"),
  LEASE_ENDED("leaseEnded"),
  DIED("died"),
  PURGED("purged"),
  DUPLICATES("duplicates"),
  REFUSED("refused");

  /** The name on the wire. */
  public final String word;

  Total(String word) {
    this.word = word;
  }
}
