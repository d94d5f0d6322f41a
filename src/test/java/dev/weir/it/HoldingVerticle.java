package dev.weir.it;

import dev.weir.client.QueueClient;
import dev.weir.client.TakeOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;

/** Takes one item and never says that it is done. */
public final class HoldingVerticle extends VerticleBase {

  @Override
  public Future<?> start() {
    QueueClient client = QueueClient.create(vertx);
    client
        .take(config().getString("queue"), TakeOptions.DEFAULT)
        .onSuccess(items -> System.out.println("holding " + items.get(0).id()));
    return Future.succeededFuture();
  }
}
