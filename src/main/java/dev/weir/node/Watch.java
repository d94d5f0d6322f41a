package dev.weir.node;

import dev.weir.protocol.Addresses;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.function.Supplier;

/** Publishes the figures of a queue while somebody watches. */
final class Watch {
  private static final long EVERY_MS = 200;
  private static final long LASTS_MS = 10_000;

  private final Vertx vertx;
  private final String queue;
  private final Supplier<JsonObject> figures;
  private long timerId = -1;
  private long ticksLeft;

  Watch(Vertx vertx, String queue, Supplier<JsonObject> figures) {
    this.vertx = vertx;
    this.queue = queue;
    this.figures = figures;
  }

  /** Somebody watches: the figures are published for the next 10 s. */
  void extend() {
    ticksLeft = LASTS_MS / EVERY_MS;
    if (timerId < 0) {
      timerId = vertx.setPeriodic(EVERY_MS, id -> publish());
    }
  }

  private void publish() {
    if (ticksLeft-- <= 0) {
      stop();
    } else {
      vertx.eventBus().publish(Addresses.events(queue), figures.get());
    }
  }

  void stop() {
    if (timerId >= 0) {
      vertx.cancelTimer(timerId);
      timerId = -1;
    }
  }
}
