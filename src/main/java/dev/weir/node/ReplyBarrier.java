package dev.weir.node;

import java.util.ArrayDeque;

/** Holds answers until what they lean on is durable, in the order in which they were decided. */
public final class ReplyBarrier {
  private final ArrayDeque<Held> held = new ArrayDeque<>();
  private long durable;
  private boolean failed;

  /** An answer on its way. */
  public interface Delivery {

    /** What it leans on is durable. */
    void deliver();

    /** Whether what it leans on survives can not be told any more. */
    void outcomeUnknown();
  }

  private record Held(long barrier, Delivery delivery) {}

  void hold(long barrier, Delivery delivery) {
    if (barrier <= durable) {
      delivery.deliver();
    } else if (failed) {
      delivery.outcomeUnknown();
    } else {
      held.addLast(new Held(barrier, delivery));
    }
  }

  void durable(long position) {
    durable = Math.max(durable, position);
    while (!held.isEmpty() && held.peekFirst().barrier() <= durable) {
      held.pollFirst().delivery().deliver();
    }
  }

  /** Nothing more will be durable. */
  void fail() {
    failed = true;
    while (!held.isEmpty()) {
      held.pollFirst().delivery().outcomeUnknown();
    }
  }
}
