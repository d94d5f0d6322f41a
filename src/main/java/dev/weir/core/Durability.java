package dev.weir.core;

/** How safe an item is before it is answered {@code stored} and may be handed out. */
public enum Durability {
  /** In this node's memory: gone when the process ends. */
  MEMORY("memory"),
  /** Flushed to this node's disk. */
  LOCAL("local");

  /** The name on the wire and in the configuration. */
  public final String word;

  Durability(String word) {
    this.word = word;
  }
}
