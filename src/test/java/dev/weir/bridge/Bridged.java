package dev.weir.bridge;

import dev.weir.node.Bus;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A node with a bridge on any port. */
final class Bridged implements AutoCloseable {
  private static final long PATIENCE_S = 60;
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  final Bus bus;
  final BridgeVerticle bridge;

  Bridged(Path directory, JsonObject settings, JsonObject... queues) {
    bus = new Bus(directory).start(queues);
    bridge = new BridgeVerticle(BridgeSettings.parse(settings.copy().put("port", 0)));
    Bus.await(bus.vertx.deployVerticle(bridge));
  }

  Bridged(Path directory) {
    this(directory, new JsonObject(), Bus.queue("q"));
  }

  /** Settings that let anybody send to and hear from these addresses, and from no others. */
  static JsonObject open(String... addresses) {
    JsonArray permitted = new JsonArray();
    for (String address : addresses) {
      permitted.add(new JsonObject().put("address", address));
    }
    return new JsonObject()
        .put("inboundPermitteds", permitted)
        .put("outboundPermitteds", permitted.copy());
  }

  Peer connect() throws IOException {
    return new Peer(bridge.port());
  }

  int waiting(String side) {
    return bus.ask("weir.q.manage", "{\"op\":\"stats\"}").getJsonObject("waiting").getInteger(side);
  }

  int count(String state) {
    return bus.counts("q").getInteger(state);
  }

  @Override
  public void close() {
    bus.close();
  }
}
