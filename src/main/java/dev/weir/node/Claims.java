package dev.weir.node;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Finds two owners of one queue, which a partition can leave: every node says now and then what it
 * serves, and the one with the lower (epoch, node id) keeps it.
 */
final class Claims {
  static final String ADDRESS = "weir.internal.claims";
  static final DeliveryOptions LOCAL_ONLY = new DeliveryOptions().setLocalOnly(true);

  private static final long EVERY_MS = 5000;

  private final Vertx vertx;
  private final String nodeId;
  private final List<QueueVerticle> verticles;
  private final BiConsumer<String, String> yield;
  private final MessageConsumer<JsonObject> consumer;
  private final long timerId;

  /**
   * @param yield hears of a queue that this node must give up, and who keeps it
   */
  Claims(
      Vertx vertx, String nodeId, List<QueueVerticle> verticles, BiConsumer<String, String> yield) {
    this.vertx = vertx;
    this.nodeId = nodeId;
    this.verticles = verticles;
    this.yield = yield;
    this.consumer = vertx.eventBus().consumer(ADDRESS, message -> compare(message.body()));
    this.timerId = vertx.isClustered() ? vertx.setPeriodic(EVERY_MS, id -> publish()) : -1;
  }

  void publish() {
    epochs()
        .onSuccess(
            epochs -> {
              JsonObject queues = new JsonObject();
              epochs.forEach(queues::put);
              vertx
                  .eventBus()
                  .publish(ADDRESS, new JsonObject().put("node", nodeId).put("queues", queues));
            });
  }

  private Future<Map<String, Long>> epochs() {
    List<Future<Map<String, Long>>> all = new ArrayList<>();
    verticles.forEach(verticle -> all.add(verticle.epochs()));
    return Future.all(all)
        .map(
            done -> {
              Map<String, Long> epochs = new java.util.HashMap<>();
              all.forEach(part -> epochs.putAll(part.result()));
              return epochs;
            });
  }

  private void compare(JsonObject claim) {
    String other = claim.getString("node");
    if (nodeId.equals(other)) {
      return;
    }
    JsonObject theirs = claim.getJsonObject("queues");
    epochs()
        .onSuccess(
            mine ->
                mine.forEach(
                    (queue, epoch) -> {
                      Long their = theirs.getLong(queue);
                      if (their != null && goesFirst(their, other, epoch, nodeId)) {
                        yield.accept(queue, other);
                      }
                    }));
  }

  static boolean goesFirst(long epoch, String node, long otherEpoch, String otherNode) {
    return epoch != otherEpoch ? epoch < otherEpoch : node.compareTo(otherNode) < 0;
  }

  void stop() {
    consumer.unregister();
    vertx.cancelTimer(timerId);
  }
}
