package dev.weir.core;

/**
 * Stored items that become ready when a position is durable, in the order of positions: a ring of
 * (position, first id, last id).
 */
final class PendingRelease {
  private long[] ring = new long[3 * 16];
  private int head;
  private int size;

  boolean isEmpty() {
    return size == 0;
  }

  /** The position that the first ones wait for. */
  long position() {
    return ring[head];
  }

  void add(long position, long firstId, long lastId) {
    if (size > 0) {
      int last = at(size - 1);
      if (ring[last] == position && ring[last + 2] + 1 == firstId) {
        ring[last + 2] = lastId;
        return;
      }
    }
    if (size * 3 == ring.length) {
      grow();
    }
    int place = at(size++);
    ring[place] = position;
    ring[place + 1] = firstId;
    ring[place + 2] = lastId;
  }

  /** Takes the first id out. */
  long pollId() {
    long id = ring[head + 1]++;
    if (id == ring[head + 2]) {
      head = (head + 3) % ring.length;
      size--;
    }
    return id;
  }

  private int at(int entry) {
    return (head + 3 * entry) % ring.length;
  }

  private void grow() {
    long[] larger = new long[ring.length * 2];
    System.arraycopy(ring, head, larger, 0, ring.length - head);
    System.arraycopy(ring, 0, larger, ring.length - head, head);
    ring = larger;
    head = 0;
  }
}
