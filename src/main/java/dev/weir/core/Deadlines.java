package dev.weir.core;

import java.util.Arrays;

/**
 * What is due next: a binary heap in an array whose members know their place, so that any of them
 * leaves in O(log n).
 */
final class Deadlines<T extends Timed> {
  private Timed[] heap = new Timed[16];
  private int size;

  int size() {
    return size;
  }

  /** The instant of the first, or {@link Long#MAX_VALUE}. */
  long nextAtMs() {
    return size == 0 ? Long.MAX_VALUE : heap[0].dueAtMs();
  }

  /** The first if it is due, else null; it stays where it is. */
  @SuppressWarnings("unchecked")
  T due(long nowMs) {
    return size > 0 && heap[0].dueAtMs() <= nowMs ? (T) heap[0] : null;
  }

  void add(T timed) {
    if (size == heap.length) {
      heap = Arrays.copyOf(heap, size * 2);
    }
    rise(timed, size++);
  }

  /** Takes it out; nothing happens where it is not in. */
  void remove(T timed) {
    int place = timed.heapPlace;
    if (place < 0) {
      return;
    }
    timed.heapPlace = -1;
    Timed last = heap[--size];
    heap[size] = null;
    if (last != timed) {
      rise(last, place);
      sink(last, last.heapPlace);
    }
    if (size < heap.length / 4 && heap.length > 16) {
      heap = Arrays.copyOf(heap, heap.length / 2);
    }
  }

  private void rise(Timed timed, int from) {
    int place = from;
    while (place > 0 && timed.isBefore(heap[(place - 1) / 2])) {
      put(heap[(place - 1) / 2], place);
      place = (place - 1) / 2;
    }
    put(timed, place);
  }

  private void sink(Timed timed, int from) {
    int place = from;
    while (true) {
      int child = place * 2 + 1;
      if (child >= size) {
        break;
      }
      if (child + 1 < size && heap[child + 1].isBefore(heap[child])) {
        child++;
      }
      if (!heap[child].isBefore(timed)) {
        break;
      }
      put(heap[child], place);
      place = child;
    }
    put(timed, place);
  }

  private void put(Timed timed, int place) {
    heap[place] = timed;
    timed.heapPlace = place;
  }
}
