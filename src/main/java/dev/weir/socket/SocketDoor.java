package dev.weir.socket;

import dev.weir.core.Command;
import dev.weir.door.BufferedBytes;
import dev.weir.door.Connections;
import dev.weir.protocol.Addresses;
import dev.weir.protocol.PutCodec;
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

  /** Asks the queue's producing side. */
  Future<JsonObject> produce(String name, Command.Put put) {
    return ask(
        Addresses.produce(settings.queue()),
        put,
        Connections.request(name, put.waitMs()).setCodecName(PutCodec.NAME));
  }

  /** Asks the queue's consuming side; bodies come back as bytes. */
  Future<JsonObject> consume(String name, JsonObject request) {
    return ask(
        Addresses.consume(settings.queue()),
        request,
        Connections.request(name, request).addHeader(Addresses.BODIES_HEADER, Addresses.RAW));
  }

  private Future<JsonObject> ask(String address, Object request, DeliveryOptions options) {
    return vertx.eventBus().<JsonObject>request(address, request, options).map(Message::body);
  }

  /** An object as a line: its own text, without anything that would end the line. */
  static String line(byte[] object) {
    String text = new String(object, java.nio.charset.StandardCharsets.UTF_8);
    return text.chars().anyMatch(c -> c < ' ') ? text.replaceAll("[\\x00-\\x1f]+", " ") : text;
  }
}
