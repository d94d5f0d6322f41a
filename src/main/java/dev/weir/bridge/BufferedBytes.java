package dev.weir.bridge;

/** What the begun frames of all connections of a door hold together. Changed on its context. */
final class BufferedBytes {
  private final long most;
  private volatile long held;

  BufferedBytes(long most) {
    this.most = most;
  }

  /** Whether there is room for so many more; if so they count from now on. */
  boolean take(long bytes) {
    if (held + bytes > most) {
      return false;
    }
    held += bytes;
    return true;
  }

  void give(long bytes) {
    held -= bytes;
  }

  long held() {
    return held;
  }
}
