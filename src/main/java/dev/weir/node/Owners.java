package dev.weir.node;

import dev.weir.protocol.StartFailure;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.json.JsonObject;
import io.vertx.core.shareddata.AsyncMap;
import io.vertx.core.spi.cluster.ClusterManager;

/**
 * Who owns which queue, in a map of the cluster. Enough to catch mistakes; what safety rests on is
 * one journal and its fences, because such a map can forget or double under a partition.
 */
final class Owners {
  static final String NODE_ADDRESS = "weir.internal.node.";

  private static final String MAP = "weir.owners";
  private static final long ASK_MS = 1000;
  private static final long AGAIN_MS = 250;
  private static final int TRIES = 120;

  private final Vertx vertx;
  private final String nodeId;
  private final AsyncMap<String, String> owners;

  private Owners(Vertx vertx, String nodeId, AsyncMap<String, String> owners) {
    this.vertx = vertx;
    this.nodeId = nodeId;
    this.owners = owners;
  }

  /** Outside a cluster every queue is free. */
  static Future<Owners> open(Vertx vertx, String nodeId) {
    return vertx
        .sharedData()
        .<String, String>getAsyncMap(MAP)
        .map(map -> new Owners(vertx, nodeId, map));
  }

  /** The node that has the queue by the map, or null. */
  Future<String> ownerOf(String queue) {
    return owners.get(queue);
  }

  /** All queues of the cluster with their nodes, by the map. */
  Future<java.util.Map<String, String>> all() {
    return owners.entries();
  }

  /**
   * Makes this node the owner. Waits until the entry of another node is gone or that node is proven
   * alive.
   */
  Future<Void> claim(String queue) {
    return claim(queue, TRIES);
  }

  private Future<Void> claim(String queue, int triesLeft) {
    return owners
        .putIfAbsent(queue, nodeId)
        .compose(
            owner ->
                owner == null || owner.equals(nodeId)
                    ? Future.succeededFuture()
                    : contest(queue, owner, triesLeft));
  }

  private Future<Void> contest(String queue, String owner, int triesLeft) {
    if (!isMember(owner)) {
      return takeOver(queue, owner, triesLeft);
    }
    return vertx
        .eventBus()
        .<JsonObject>request(
            NODE_ADDRESS + owner,
            new JsonObject().put("op", "owns").put("queue", queue),
            new DeliveryOptions().setSendTimeout(ASK_MS))
        .map(answer -> answer.body().getBoolean("owns"))
        .otherwise((Boolean) null)
        .compose(owns -> judge(queue, owner, owns, triesLeft));
  }

  private Future<Void> judge(String queue, String owner, Boolean owns, int triesLeft) {
    if (Boolean.TRUE.equals(owns)) {
      return Future.failedFuture(
          StartFailure.canNotServe(
              "queue " + queue + " is owned by node " + owner + ", which is alive"));
    }
    if (Boolean.FALSE.equals(owns)) {
      return takeOver(queue, owner, triesLeft);
    }
    if (triesLeft == 0) {
      return Future.failedFuture(
          StartFailure.canNotServe(
              "queue " + queue + " is owned by node " + owner + ", which does not answer"));
    }
    Promise<Void> again = Promise.promise();
    vertx.setTimer(AGAIN_MS, id -> claim(queue, triesLeft - 1).onComplete(again));
    return again.future();
  }

  private Future<Void> takeOver(String queue, String owner, int triesLeft) {
    return owners
        .replaceIfPresent(queue, owner, nodeId)
        .compose(
            replaced ->
                replaced ? Future.succeededFuture() : claim(queue, Math.max(0, triesLeft - 1)));
  }

  private boolean isMember(String node) {
    ClusterManager cluster = ((VertxInternal) vertx).clusterManager();
    return cluster != null && cluster.getNodes().contains(node);
  }

  Future<Void> release(String queue) {
    return owners.removeIfPresent(queue, nodeId).mapEmpty();
  }
}
