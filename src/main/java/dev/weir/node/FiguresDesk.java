package dev.weir.node;

import dev.weir.protocol.Addresses;
import dev.weir.protocol.Code;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells the doors of this process what the node and its queues are doing, for metrics and health;
 * see {@link dev.weir.protocol.FiguresJson}. On the node's context.
 */
final class FiguresDesk {
  private final List<QueueVerticle> verticles;
  private final Map<String, String> lost = new HashMap<>();

  FiguresDesk(List<QueueVerticle> verticles) {
    this.verticles = verticles;
  }

  MessageConsumer<?> open(Vertx vertx) {
    return vertx.eventBus().localConsumer(Addresses.FIGURES, this::tell);
  }

  /** A queue that should be served here is not, for this reason. */
  void lost(String queue, String sentence) {
    lost.put(queue, sentence);
  }

  /** It should be served here no longer, or is again. */
  void settled(String queue) {
    lost.remove(queue);
  }

  private void tell(Message<Object> message) {
    List<Future<JsonObject>> asked = verticles.stream().map(QueueVerticle::figures).toList();
    Future.all(asked)
        .map(all -> together(all.list()))
        .onSuccess(message::reply)
        .onFailure(
            cause -> message.fail(Code.DEFECT.number, Code.DEFECT.text("no figures: " + cause)));
  }

  private JsonObject together(List<JsonObject> all) {
    JsonArray queues = new JsonArray();
    JsonArray journals = new JsonArray();
    JsonArray loops = new JsonArray();
    for (JsonObject one : all) {
      queues.addAll(one.getJsonArray("queues"));
      journals.addAll(one.getJsonArray("journals"));
      loops.add(
          new JsonObject()
              .put("verticle", one.getValue("verticle"))
              .put("delay", one.getValue("delay")));
    }
    return new JsonObject()
        .put("queues", queues)
        .put("journals", journals)
        .put("loops", loops)
        .put("lost", new JsonObject(new HashMap<>(lost)));
  }
}
