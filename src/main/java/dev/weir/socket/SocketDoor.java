package dev.weir.socket;

import dev.weir.door.BufferedBytes;
import dev.weir.door.Connections;
import dev.weir.protocol.Addresses;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.util.function.Consumer;

/**
 * What the connections of the door share.
 *
 * @param out takes the lines that the classroom's server prints
 */
record SocketDoor(
    Vertx vertx,
    SocketSettings settings,
    Connections connections,
    BufferedBytes buffered,
    Consumer<String> out) {

  /** Asks the queue's producing side; bodies are bytes. */
  Future<JsonObject> produce(String name, JsonObject request) {
    return ask(Addresses.produce(settings.queue()), name, request);
  }

  /** Asks the queue's consuming side; bodies are bytes. */
  Future<JsonObject> consume(String name, JsonObject request) {
    return ask(Addresses.consume(settings.queue()), name, request);
  }

  private Future<JsonObject> ask(String address, String name, JsonObject request) {
    DeliveryOptions options =
        Connections.request(name, request).addHeader(Addresses.BODIES_HEADER, Addresses.RAW);
    return vertx.eventBus().<JsonObject>request(address, request, options).map(Message::body);
  }

  /** An object as a line: its own text, without anything that would end the line. */
  static String line(byte[] object) {
    String text = new String(object, java.nio.charset.StandardCharsets.UTF_8);
    return text.chars().anyMatch(c -> c < ' ') ? text.replaceAll("[\\x00-\\x1f]+", " ") : text;
  }
}
