package dev.weir.http;

import dev.weir.door.Sweeps;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The connections of the door: so many and no more, and none that stands still for longer than it
 * may. On the door's context.
 */
final class Lines {
  private static final Logger LOG = Logger.getLogger(Lines.class.getName());

  private final Vertx vertx;
  private final HttpSettings settings;
  private final Map<HttpConnection, Line> open = new HashMap<>();
  private final long sweepTimer;
  private volatile int count;

  Lines(Vertx vertx, HttpSettings settings) {
    this.vertx = vertx;
    this.settings = settings;
    long shortest =
        Math.min(
            settings.headerMs(), Math.min(settings.relay().unreadMs(), settings.relay().idleMs()));
    this.sweepTimer = vertx.setPeriodic(Sweeps.everyMs(shortest), timer -> sweep());
  }

  /** A connection came; where there are too many it is closed. */
  void connected(HttpConnection connection) {
    Line line = new Line(connection);
    if (open.size() >= settings.door().connectionsMax()) {
      LOG.fine("http.connectionsMax is reached");
      line.abort();
      return;
    }
    open.put(connection, line);
    count = open.size();
    line.onClosed(
        () -> {
          open.remove(connection);
          count = open.size();
        });
  }

  Line of(HttpConnection connection) {
    return open.get(connection);
  }

  /** How many there are; from any thread. */
  int count() {
    return count;
  }

  private void sweep() {
    long now = System.nanoTime();
    for (Line line : List.copyOf(open.values())) {
      boolean late = line.isLate(now, settings.headerMs());
      boolean idle = line.isIdle(now, settings.relay().idleMs());
      boolean unread = line.isUnread(now, settings.relay().unreadMs());
      if (late || idle || unread) {
        LOG.log(
            Level.FINE,
            "a connection ends: its head is late {0}, idle {1}, unread {2}",
            new Object[] {late, idle, unread});
        line.abort();
      }
    }
  }

  void stop() {
    vertx.cancelTimer(sweepTimer);
  }
}
