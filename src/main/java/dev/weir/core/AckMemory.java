package dev.weir.core;

import java.util.Arrays;

/**
 * The last acks of a queue, so that one that comes again is done, not refused: a ring in the order
 * of the acks, and over it a hash table with linear probing (Knuth, vol. 3, 6.4, algorithms L and
 * R) from fence to id. Grows with use.
 */
final class AckMemory {
  private static final long FREE = 0;

  /** After {@code acksRemembered} was lowered, no single ack pays for all that are too many. */
  private static final int FORGOTTEN_AT_ONCE = 4;

  private long[] ring = new long[16];
  private int head;
  private int size;
  private long[] fences = new long[32];
  private long[] ids = new long[32];

  boolean contains(long id, long fence) {
    int slot = slotOf(fence);
    return fences[slot] == fence && ids[slot] == id && fence != FREE;
  }

  int size() {
    return size;
  }

  void remember(long id, long fence, long most) {
    if (size == ring.length) {
      grow();
    }
    ring[(head + size++) & (ring.length - 1)] = fence;
    put(id, fence);
    for (int forgotten = 0; size > most && forgotten < FORGOTTEN_AT_ONCE; forgotten++) {
      remove(ring[head]);
      head = (head + 1) & (ring.length - 1);
      size--;
    }
  }

  /** Fence and id by turns, the oldest ack first. */
  long[] freeze() {
    long[] all = new long[size * 2];
    for (int i = 0; i < size; i++) {
      all[2 * i] = ring[(head + i) & (ring.length - 1)];
      all[2 * i + 1] = ids[slotOf(all[2 * i])];
    }
    return all;
  }

  private void grow() {
    long[] all = freeze();
    ring = Arrays.copyOf(ring, ring.length * 2);
    fences = new long[ring.length * 2];
    ids = new long[ring.length * 2];
    head = 0;
    for (int i = 0; i < size; i++) {
      ring[i] = all[2 * i];
      put(all[2 * i + 1], all[2 * i]);
    }
  }

  /** Where this fence is, or where it would go. */
  private int slotOf(long fence) {
    int slot = home(fence);
    while (fences[slot] != FREE && fences[slot] != fence) {
      slot = (slot + 1) & (fences.length - 1);
    }
    return slot;
  }

  private int home(long fence) {
    return (int) RetryDelay.mix(fence) & (fences.length - 1);
  }

  private void put(long id, long fence) {
    int slot = slotOf(fence);
    fences[slot] = fence;
    ids[slot] = id;
  }

  private void remove(long fence) {
    int hole = slotOf(fence);
    int slot = hole;
    fences[hole] = FREE;
    while (true) {
      slot = (slot + 1) & (fences.length - 1);
      if (fences[slot] == FREE) {
        return;
      }
      int distanceHome = (slot - home(fences[slot])) & (fences.length - 1);
      if (distanceHome >= ((slot - hole) & (fences.length - 1))) {
        fences[hole] = fences[slot];
        ids[hole] = ids[slot];
        fences[slot] = FREE;
        hole = slot;
      }
    }
  }
}
