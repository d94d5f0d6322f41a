package dev.weir.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.node.Bus;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a good client of the bridge can do, and what is closed to it. */
class BridgeTest {
  @TempDir Path directory;

  @Test
  void putsTakesAndAcks() throws Exception {
    try (Bridged door = new Bridged(directory);
        Peer peer = door.connect()) {
      JsonObject put =
          peer.ask("weir.q.produce", "{\"op\":\"put\",\"producer\":\"p\",\"body\":{\"value\":36}}");
      assertEquals("stored", put.getString("status"));
      JsonObject taken = peer.ask("weir.q.consume", "{\"op\":\"take\",\"consumer\":\"c\"}");
      JsonObject item = taken.getJsonArray("items").getJsonObject(0);
      assertEquals(36, item.getJsonObject("body").getInteger("value"));
      String lease =
          "{\"id\":%d,\"fence\":%d}".formatted(item.getLong("id"), item.getLong("fence"));
      JsonObject acked =
          peer.ask(
              "weir.q.consume", "{\"op\":\"ack\",\"consumer\":\"c\",\"leases\":[" + lease + "]}");
      assertEquals(new JsonArray().add(item.getLong("id")), acked.getJsonArray("done"));
      assertEquals(0, door.count("leased"));
    }
  }

  @Test
  void aRefusalIsAnErrWithItsCode() throws Exception {
    try (Bridged door = new Bridged(directory);
        Peer peer = door.connect()) {
      JsonObject refused = peer.request("weir.q.produce", "{\"op\":\"put\"}");
      assertEquals("err", refused.getString("type"));
      assertEquals(400, refused.getInteger("failureCode"));
      assertEquals("RECIPIENT_FAILURE", refused.getString("failureType"));
      assertEquals("weir.q.produce", refused.getString("sourceAddress"));
      JsonObject nobody = peer.request("weir.nobody.produce", "{}");
      assertEquals("NO_HANDLERS", nobody.getString("failureType"));
    }
  }

  @Test
  void whatIsNotPermittedIsDeniedWithBothAddresses() throws Exception {
    try (Bridged door = new Bridged(directory);
        Peer peer = door.connect()) {
      peer.say(Peer.send("some.where", "r", "1"));
      JsonObject denied = peer.hearError("access_denied");
      assertEquals("some.where", denied.getString("address"));
      assertEquals("r", denied.getString("replyAddress"));
      peer.say("{\"type\":\"publish\",\"address\":\"weir.q.events\",\"body\":1}");
      assertEquals("weir.q.events", peer.hearError("access_denied").getString("address"));
      peer.say("{\"type\":\"register\",\"address\":\"weir.q.produce\"}");
      peer.hearError("access_denied");
      peer.say("{\"type\":\"unregister\",\"address\":\"weir.q.produce\"}");
      peer.hearError("access_denied");
      peer.say("{\"type\":\"unregister\",\"address\":\"weir.q.events\"}");
      peer.hearError("unknown_address");
      peer.ping();
    }
  }

  /** Neither a configuration that permits everything nor a reply address opens what is internal. */
  @Test
  void whatIsInternalIsNeverBridged() throws Exception {
    JsonObject all = new JsonObject().put("addressRegex", ".*");
    JsonObject settings =
        new JsonObject()
            .put("inboundPermitteds", new JsonArray().add(all))
            .put("outboundPermitteds", new JsonArray().add(all.copy()));
    try (Bridged door = new Bridged(directory, settings, Bus.queue("q"));
        Peer peer = door.connect()) {
      AtomicReference<Object> heard = new AtomicReference<>();
      door.bus.vertx.eventBus().consumer("weir.internal.gone", message -> heard.set(message));
      door.bus.vertx.eventBus().consumer("__vertx.reply.77", message -> heard.set(message));
      for (String address : new String[] {"weir.internal.gone", "__vertx.reply.77"}) {
        for (String type : new String[] {"send", "publish", "register", "unregister"}) {
          peer.say("{\"type\":\"" + type + "\",\"address\":\"" + address + "\",\"body\":{}}");
          assertEquals(address, peer.hearError("access_denied").getString("address"));
        }
        // as the name of an answer it is a word like any other, and nothing is sent there
        peer.say(Peer.send("weir.q.manage", address, "{\"op\":\"stats\"}"));
        assertEquals(address, peer.hear().getString("address"));
      }
      assertEquals(null, heard.get());
    }
  }

  @Test
  void nobodyCanAskInSomebodyElsesName() throws Exception {
    try (Bridged door = new Bridged(directory, new JsonObject(), Bus.queue("q"))) {
      AtomicReference<String> from = new AtomicReference<>();
      door.bus
          .vertx
          .eventBus()
          .consumer(
              "weir.other.manage",
              message -> {
                from.set(String.join(" ", message.headers().getAll("weir-from")));
                message.reply(message.headers().get("mine"));
              });
      try (Peer peer = door.connect()) {
        peer.say(
            "{\"type\":\"send\",\"address\":\"weir.other.manage\",\"replyAddress\":\"r\",\"body\":{},"
                + "\"headers\":{\"Weir-From\":\"local\",\"weir-from\":\"x\",\"mine\":\"kept\"}}");
        assertEquals("kept", peer.hear().getString("body"));
        assertEquals("local/bridge-1", from.get());
      }
    }
  }

  @Test
  void watchersHearTheFiguresOfAQueueUntilTheyLeave() throws Exception {
    try (Bridged door = new Bridged(directory);
        Peer peer = door.connect()) {
      peer.say("{\"type\":\"register\",\"address\":\"weir.q.events\"}");
      JsonObject heard = peer.hear();
      assertEquals("weir.q.events", heard.getString("address"));
      assertFalse(heard.getBoolean("send"));
      assertEquals("q", heard.getJsonObject("body").getString("queue"));
      peer.say("{\"type\":\"unregister\",\"address\":\"weir.q.events\"}");
      peer.say("{\"type\":\"ping\"}");
      while (!peer.hear().getString("type").equals("pong")) {
        // figures that were under way
      }
      peer.ping();
    }
  }

  @Test
  void aMatchIsAskedOfTheBody() throws Exception {
    JsonObject stats = new JsonObject().put("op", "stats");
    JsonObject permitted = new JsonObject().put("address", "weir.q.manage").put("match", stats);
    JsonObject settings = new JsonObject().put("inboundPermitteds", new JsonArray().add(permitted));
    try (Bridged door = new Bridged(directory, settings, Bus.queue("q"));
        Peer peer = door.connect()) {
      assertTrue(peer.ask("weir.q.manage", "{\"op\":\"stats\"}").getBoolean("open"));
      peer.say(Peer.send("weir.q.manage", "r", "{\"op\":\"purge\",\"state\":\"ready\"}"));
      peer.hearError("access_denied");
      peer.say(Peer.send("weir.q.manage", "r", "7"));
      peer.hearError("access_denied");
    }
  }
}
