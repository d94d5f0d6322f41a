package dev.weir.node;

import dev.weir.core.Distribution;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;

/**
 * How busy one event loop is: how much later than asked for a timer fires on it. Timers are as
 * coarse as a millisecond. On the loop's context.
 */
final class LoopDelay {
  private static final long EVERY_MS = 100;

  private final Vertx vertx;
  private final Distribution micros = new Distribution(Distribution.Scale.MICROS);
  private long timerId;

  LoopDelay(Vertx vertx) {
    this.vertx = vertx;
  }

  void start() {
    long dueNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(EVERY_MS);
    timerId = vertx.setTimer(EVERY_MS, id -> fired(dueNanos));
  }

  private void fired(long dueNanos) {
    micros.record((System.nanoTime() - dueNanos) / 1000, nowMs());
    start();
  }

  Distribution.View view() {
    return micros.view(nowMs());
  }

  private static long nowMs() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
  }

  void stop() {
    vertx.cancelTimer(timerId);
  }
}
