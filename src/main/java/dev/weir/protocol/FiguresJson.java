package dev.weir.protocol;

import dev.weir.core.Distribution;
import dev.weir.core.WorkQueue;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * What a node tells the doors of its own process of itself, on {@link Addresses#FIGURES}:
 *
 * <pre>{@code
 * {"queues":   [{… as stats …, "verticle":0, "cause":null, "times":{"produce":SPREAD,"consume":SPREAD,"leases":SPREAD}}],
 *  "journals": [{… as stats' journal …, "verticle":0, "durability":"local", "flushTimes":SPREAD, "flushSizes":SPREAD}],
 *  "loops":    [{"verticle":0, "delay":SPREAD}],
 *  "lost":     {"lab":"queue lab is served by node …"}}
 * SPREAD = {"scale":"MILLIS","counts":[…],"sum","p50","p99","max"}
 * }</pre>
 */
public final class FiguresJson {

  private FiguresJson() {}

  /** How values are spread; the counts are those of {@link Distribution.View}. */
  public static JsonObject spread(Distribution.View view) {
    JsonArray counts = new JsonArray();
    for (long count : view.counts()) {
      counts.add(count);
    }
    return new JsonObject()
        .put("scale", view.scale().name())
        .put("counts", counts)
        .put("sum", view.sum())
        .put("p50", view.recent().p50())
        .put("p99", view.recent().p99())
        .put("max", view.recent().max());
  }

  /** What {@link #spread} wrote. */
  public static Distribution.View spread(JsonObject json) {
    JsonArray array = json.getJsonArray("counts");
    long[] counts = new long[array.size()];
    for (int place = 0; place < counts.length; place++) {
      counts[place] = array.getLong(place);
    }
    return new Distribution.View(
        Distribution.Scale.valueOf(json.getString("scale")),
        counts,
        json.getLong("sum"),
        new Distribution.Summary(json.getLong("p50"), json.getLong("p99"), json.getLong("max")));
  }

  public static JsonObject times(WorkQueue.Times times) {
    return new JsonObject()
        .put("produce", spread(times.produce()))
        .put("consume", spread(times.consume()))
        .put("leases", spread(times.leases()));
  }
}
