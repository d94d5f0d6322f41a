package dev.weir.cli;

import dev.weir.journal.MemoryJournal;
import dev.weir.node.NodeVerticle;
import dev.weir.protocol.Configuration;
import dev.weir.protocol.StartFailure;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.json.JsonObject;

/** The main verticle of a queue node: puts the node and its doors together. */
public final class WeirVerticle extends VerticleBase {

  @Override
  public Future<?> start() {
    Configuration configuration = Configuration.parse(config());
    notYet("bridge", configuration.bridge());
    notYet("socket", configuration.socket());
    notYet("http", configuration.http());
    NodeVerticle node =
        new NodeVerticle(
            configuration,
            (durability, verticle, firstEpoch, context) -> new MemoryJournal(firstEpoch, context));
    return vertx.deployVerticle(node);
  }

  private static void notYet(String door, JsonObject settings) {
    if (settings != null) {
      throw StartFailure.wrongSetting("wrong setting: " + door + " is not supported yet");
    }
  }
}
