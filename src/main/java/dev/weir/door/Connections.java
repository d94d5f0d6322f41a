package dev.weir.door;

import dev.weir.protocol.Addresses;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The connections of one door: how many there are, under which names they ask, and the word that
 * goes out when one ends, so that its waits and leases end at once. May be used from any thread.
 */
public final class Connections {

  /**
   * How long a client that is being sent away has to read why, while it may still be sending: to
   * close before what it sends is read would make its system throw the answer away.
   */
  public static final long LINGER_MS = 1000;

  private final Vertx vertx;
  private final String prefix;
  private final int most;
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicLong names = new AtomicLong();

  /** An item that was taken for a connection, and whose answer it never got. */
  public record Unwritten(String queue, long id, long fence) {
    JsonObject toJson() {
      return new JsonObject().put("queue", queue).put("id", id).put("fence", fence);
    }
  }

  /**
   * @param door what the names begin with, after the node's id
   */
  public Connections(Vertx vertx, String door, int most) {
    this.vertx = vertx;
    this.prefix = nodeId(vertx) + "/" + door + "-";
    this.most = most;
  }

  private static String nodeId(Vertx vertx) {
    return vertx.isClustered() ? ((VertxInternal) vertx).clusterManager().getNodeId() : "local";
  }

  /**
   * Lets one in.
   *
   * @return the name under which it asks, for {@link #request}; null where there are too many
   */
  public String enter() {
    if (open.incrementAndGet() > most) {
      open.decrementAndGet();
      return null;
    }
    return prefix + names.incrementAndGet();
  }

  /**
   * A name for somebody who asks once, as over HTTP, where a connection is no session. Whoever was
   * given one and leaves without an answer is told of by {@link #unheard}.
   */
  public String once() {
    return prefix + names.incrementAndGet();
  }

  /**
   * One of them is gone.
   *
   * @param unwritten what it was given and never got: no attempt is counted for these
   */
  public void leave(String name, List<Unwritten> unwritten) {
    open.decrementAndGet();
    gone(vertx, name, unwritten);
  }

  /** Says everywhere that whoever asked under this name is gone. */
  public static void gone(Vertx vertx, String name, List<Unwritten> unwritten) {
    JsonArray items = new JsonArray();
    unwritten.forEach(item -> items.add(item.toJson()));
    vertx
        .eventBus()
        .publish(Addresses.GONE, new JsonObject().put("from", name).put("unwritten", items));
  }

  /** Says everywhere that whoever asked under this name is gone, and never heard an answer. */
  public static void unheard(Vertx vertx, String name) {
    vertx
        .eventBus()
        .publish(Addresses.GONE, new JsonObject().put("from", name).put("unheard", true));
  }

  /** How many are in. */
  public int count() {
    return open.get();
  }

  /**
   * How a request of this connection is to be sent: with its name, and with a time-out that is
   * longer than the request may wait.
   */
  public static DeliveryOptions request(String name, Object body) {
    return request(name, waitMs(body));
  }

  /** The same for a request that may wait so long. */
  public static DeliveryOptions request(String name, long waitMs) {
    return new DeliveryOptions()
        .addHeader(Addresses.FROM_HEADER, name)
        .setSendTimeout(waitMs + ANSWER_MS);
  }

  /** Whether a request asks to wait in line. */
  public static boolean waits(Object body) {
    return waitMs(body) > 0;
  }

  private static long waitMs(Object body) {
    return body instanceof JsonObject json && json.getValue("waitMs") instanceof Number wait
        ? Math.min(Math.max(0, wait.longValue()), Integer.MAX_VALUE)
        : 0;
  }

  /** An answer comes so long after the wait at the latest, or its outcome is unknown. */
  private static final long ANSWER_MS = 30_000;
}
