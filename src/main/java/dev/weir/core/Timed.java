package dev.weir.core;

/** Something with an instant at which it is due, kept by {@link Deadlines}. */
abstract class Timed {

  /** The place in the heap of deadlines, -1 outside; volatile state, written by the heap alone. */
  int heapPlace = -1;

  /** When it is due, in milliseconds since the epoch. */
  abstract long dueAtMs();

  /** Decides between two that are due at the same instant: the lower goes first. */
  abstract long order();

  final boolean isBefore(Timed other) {
    return dueAtMs() != other.dueAtMs() ? dueAtMs() < other.dueAtMs() : order() < other.order();
  }
}
