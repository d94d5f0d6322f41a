package dev.weir.door;

/** What all connections of a door have begun to send, together. Changed on its context. */
public final class BufferedBytes {
  private final long most;
  private volatile long held;

  public BufferedBytes(long most) {
    this.most = most;
  }

  /** Whether there is room for so many more; if so they count from now on. */
  public boolean take(long bytes) {
    if (held + bytes > most) {
      return false;
    }
    held += bytes;
    return true;
  }

  public void give(long bytes) {
    held -= bytes;
  }

  public long held() {
    return held;
  }
}
