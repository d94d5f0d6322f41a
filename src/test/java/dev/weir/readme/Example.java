package dev.weir.readme;

import dev.weir.client.ConsumeOptions;
import dev.weir.client.Consumption;
import dev.weir.client.QueueClient;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.json.JsonObject;

public class Example extends VerticleBase {
  private Consumption consumption;

  @Override
  public Future<?> start() {
    QueueClient client = QueueClient.create(vertx);
    consumption =
        client.consume("lab", ConsumeOptions.DEFAULT.withConcurrency(4), item -> work(item.body()));
    return client.put("lab", new JsonObject().put("order", 4711));
  }

  private Future<Void> work(Object body) {
    System.out.println("working on " + body);
    return Future.succeededFuture();
  }

  @Override
  public Future<?> stop() {
    return consumption.close();
  }
}
