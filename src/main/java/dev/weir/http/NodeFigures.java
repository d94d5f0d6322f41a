package dev.weir.http;

import dev.weir.protocol.Addresses;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;

/**
 * Asks the node of this process for its figures. Those who ask while an answer is on its way share
 * it: however many scrape, the node is asked one thing at a time. On the door's context.
 */
final class NodeFigures {

  /** A node whose event loops do not answer for so long is stuck. */
  private static final long PATIENCE_MS = 5000;

  private static final DeliveryOptions ASK =
      new DeliveryOptions().setLocalOnly(true).setSendTimeout(PATIENCE_MS);

  private final Vertx vertx;
  private Future<JsonObject> asked;

  NodeFigures(Vertx vertx) {
    this.vertx = vertx;
  }

  /** See {@link dev.weir.protocol.FiguresJson}; fails where the node does not answer. */
  Future<JsonObject> ask() {
    if (asked == null) {
      asked =
          vertx
              .eventBus()
              .<JsonObject>request(Addresses.FIGURES, new JsonObject(), ASK)
              .map(Message::body)
              .onComplete(answered -> asked = null);
    }
    return asked;
  }
}
