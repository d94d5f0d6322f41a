package dev.weir.door;

import dev.weir.protocol.Addresses;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keeps the figures of queues coming while clients of a door are registered at their events: a
 * queue publishes them for 10 s after each {@code stats} with {@code "watch":true}. On one context.
 */
public final class Watching {
  private static final Pattern EVENTS = Pattern.compile("weir\\.([A-Za-z0-9_-]{1,64})\\.events");
  private static final long AGAIN_MS = 4000;

  private final Vertx vertx;
  private final Map<String, Integer> watchers = new HashMap<>();
  private final long timer;

  public Watching(Vertx vertx) {
    this.vertx = vertx;
    this.timer = vertx.setPeriodic(AGAIN_MS, id -> watchers.keySet().forEach(this::ask));
  }

  /** A client registered at this address, whatever it is. */
  public void registered(String address) {
    Matcher events = EVENTS.matcher(address);
    if (events.matches()) {
      watchers.merge(events.group(1), 1, Integer::sum);
      ask(events.group(1));
    }
  }

  /** A client left this address. */
  public void unregistered(String address) {
    Matcher events = EVENTS.matcher(address);
    if (events.matches()) {
      watchers.computeIfPresent(events.group(1), (queue, count) -> count == 1 ? null : count - 1);
    }
  }

  private void ask(String queue) {
    vertx
        .eventBus()
        .send(Addresses.manage(queue), new JsonObject().put("op", "stats").put("watch", true));
  }

  public void stop() {
    vertx.cancelTimer(timer);
  }
}
