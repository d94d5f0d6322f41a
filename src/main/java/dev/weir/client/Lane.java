package dev.weir.client;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Calls of one kind to one queue. One request is on its way at a time; what is called meanwhile
 * gathers, and travels together in the next as far as it fits. All on one context.
 *
 * @param <C> a call
 */
abstract class Lane<C extends Lane.Call<?>> {

  /** As many items as a queue takes in one request by default. */
  static final int ITEMS_MAX = 1000;

  private final Deque<C> waiting = new ArrayDeque<>();
  private boolean busy;

  /** Something asked of the lane, and what it will be answered. */
  abstract static class Call<R> {
    final Promise<R> answer = Promise.promise();

    /** How many items it puts into a request. */
    abstract int items();

    long bytes() {
      return 0;
    }
  }

  void add(C call) {
    waiting.addLast(call);
    go();
  }

  /** A call whose turn is not over goes first again. */
  void addFirst(C call) {
    waiting.addFirst(call);
  }

  boolean isIdle() {
    return !busy && waiting.isEmpty();
  }

  void go() {
    if (busy || waiting.isEmpty()) {
      return;
    }
    List<C> together = gather();
    busy = true;
    send(together)
        .onComplete(
            done -> {
              busy = false;
              go();
            });
  }

  private List<C> gather() {
    List<C> together = new ArrayList<>();
    int items = 0;
    long bytes = 0;
    while (!waiting.isEmpty()) {
      C next = waiting.peekFirst();
      items += next.items();
      bytes += next.bytes();
      boolean fits = items <= ITEMS_MAX && bytes <= bytesMax();
      if (!together.isEmpty() && (!fits || !goTogether(together.get(0), next))) {
        break;
      }
      together.add(waiting.pollFirst());
    }
    return together;
  }

  long bytesMax() {
    return Long.MAX_VALUE;
  }

  /** Whether two calls have the same parameters. */
  abstract boolean goTogether(C first, C next);

  /** Sends one request for these calls and answers them; completes when the lane is free again. */
  abstract Future<Void> send(List<C> together);
}
