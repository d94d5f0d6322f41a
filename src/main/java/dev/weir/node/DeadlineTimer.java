package dev.weir.node;

import io.vertx.core.Vertx;

/** The one timer of a queue: rings no later than the next deadline, perhaps once too early. */
final class DeadlineTimer {
  private static final long NONE = -1;
  private static final long LONGEST_MS = 3_600_000;

  private final Vertx vertx;
  private final Clock clock;
  private final Runnable ring;
  private long timerId = NONE;
  private long armedForMs = Long.MAX_VALUE;

  DeadlineTimer(Vertx vertx, Clock clock, Runnable ring) {
    this.vertx = vertx;
    this.clock = clock;
    this.ring = ring;
  }

  /** Only an earlier deadline sets the timer anew: most deadlines are gone before they are due. */
  void arm(long deadlineMs) {
    if (deadlineMs >= armedForMs) {
      return;
    }
    stop();
    armedForMs = deadlineMs;
    long delayMs = Math.min(LONGEST_MS, Math.max(1, deadlineMs - clock.nowMs()));
    timerId = vertx.setTimer(delayMs, id -> rung());
  }

  private void rung() {
    timerId = NONE;
    armedForMs = Long.MAX_VALUE;
    ring.run();
  }

  void stop() {
    if (timerId != NONE) {
      vertx.cancelTimer(timerId);
      timerId = NONE;
    }
    armedForMs = Long.MAX_VALUE;
  }
}
