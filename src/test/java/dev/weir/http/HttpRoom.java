package dev.weir.http;

import static dev.weir.node.Bus.await;

import dev.weir.node.Bus;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;

/** A node with its HTTP door open, for those who mean it no good. */
final class HttpRoom implements AutoCloseable {
  final Bus bus;
  final HttpVerticle door;

  HttpRoom(Path dataDir, JsonObject settings, JsonObject... queues) {
    bus = new Bus(dataDir).start(queues);
    door = new HttpVerticle(HttpSettings.parse(settings.put("port", 0)));
    await(bus.vertx.deployVerticle(door));
  }

  RawClient connect() throws IOException {
    return new RawClient(door.port(), 0);
  }

  /** How many items, or requests in line, the figures of queue {@code lab} show. */
  JsonObject stats() {
    return bus.ask("weir.lab.manage", "{\"op\":\"stats\"}");
  }

  int waiting(String side) {
    return stats().getJsonObject("waiting").getInteger(side);
  }

  int count(String state) {
    return stats().getJsonObject("counts").getInteger(state);
  }

  @Override
  public void close() {
    bus.close();
  }
}
