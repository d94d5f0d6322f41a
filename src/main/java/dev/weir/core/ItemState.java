package dev.weir.core;

/** Where an item is in its life, as operators see it. */
public enum ItemState {
  STORED,
  READY,
  DELAYED,
  LEASED,
  DEAD,
  HELD;

  /** The name on the wire. */
  public String word() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
