package dev.weir.socket;

import static dev.weir.node.Bus.until;
import static dev.weir.socket.Classroom.item;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The classroom's protocol, and what became of the original's flaws. */
class SocketDoorTest {
  @TempDir Path dataDir;
  private Classroom room;

  private Classroom room(int capacity) {
    return room(capacity, new JsonObject());
  }

  private Classroom room(int capacity, JsonObject settings) {
    JsonObject queue = new JsonObject().put("capacity", capacity).put("leaseMs", 60_000);
    room = new Classroom(dataDir, queue).open(settings);
    return room;
  }

  @AfterEach
  void close() {
    room.close();
  }

  @Test
  void aConsumerGetsTheVeryBytesOfAProducer() throws IOException {
    room(5);
    String odd =
        "{ \"value\":1.50e1 ,\"type\":\"producer\",  \"producer_id\":7,\"timestamp\":1728033830.978511,"
            + "\"note\":\"€ \\u00fc\"}";
    try (Classroom.Client producer = room.client();
        Classroom.Client consumer = room.client()) {
      producer.send(odd + item(7, 48));
      assertEquals(odd, consumer.consume());
      assertEquals(item(7, 48), consumer.consume());
      assertEquals("queue_empty", consumer.consume());
    }
    assertEquals("Produced: " + item(7, 48), room.line("Produced: " + item(7, 48)));
    assertEquals("Consumed: " + odd, room.line("Consumed: { "));
    room.line("Queue is empty. Consumer is waiting.");
    room.line("Server started and listening on port " + room.door().port());
    room.line("New connection from 127.0.0.1:");
  }

  @Test
  void bytesOneAtATimeAndRequestsOneAfterAnother() throws IOException {
    room(5);
    try (Classroom.Client producer = room.client();
        Classroom.Client consumer = room.client()) {
      for (byte one : (item(1, 1) + item(1, 2)).getBytes(StandardCharsets.UTF_8)) {
        producer.send(new byte[] {one});
      }
      consumer.send("{\"type\": \"consumer\"}{\"type\": \"consumer\"}");
      String both = consumer.read();
      while (both.length() < 2 * item(1, 1).length()) {
        both += consumer.read();
      }
      assertEquals(item(1, 1) + item(1, 2), both);
    }
  }

  @Test
  void aFullQueueLetsAProducerWaitInsteadOfLosingItems() throws IOException {
    room(1);
    try (Classroom.Client producer = room.client();
        Classroom.Client consumer = room.client()) {
      producer.send(item(2, 1) + item(2, 2) + item(2, 3));
      assertEquals("Queue is full. Producer 2 is waiting.", room.line("Queue is full."));
      assertEquals(1, room.count("ready"));
      for (int value = 1; value <= 3; value++) {
        assertEquals(item(2, value), consumer.consume());
      }
    }
  }

  @Test
  void whatIsWrongIsSaidAndTheConnectionGoesOn() throws IOException {
    room(5);
    try (Classroom.Client client = room.client()) {
      assertTrue(
          client
              .send("{\"type\":\"printer\"}")
              .read()
              .startsWith("{\"error\": \"bad-request: type"));
      assertTrue(client.send("{}").read().contains("type must be"));
      assertTrue(client.send("{\"type\":\"producer\"}").read().contains("producer_id must be"));
      String wrongRole = client.send(item(1, 1) + "{\"type\":\"consumer\"}").read();
      assertTrue(wrongRole.contains("is a producer by its first object"), wrongRole);
      assertTrue(wrongRole.endsWith("}\n"), wrongRole);
      client.send(item(1, 2));
      room.line("Produced: " + item(1, 2));
    }
  }

  @Test
  void whatIsNoRowOfObjectsEndsTheConnection() throws IOException {
    room(5, new JsonObject().put("objectBytesMax", 1000));
    String deep = "{\"a\":".repeat(65) + "1" + "}".repeat(65);
    String large = item(1, 1).replace("}", ",\"x\":\"" + "x".repeat(2000) + "\"}");
    String flood = "hello" + "o".repeat(4 << 20);
    for (String bad : new String[] {"hello", "[]", "{\"a\":,}", deep, large, flood}) {
      try (Classroom.Client client = room.client()) {
        String said = client.send(item(1, 1) + bad).readAll();
        assertTrue(said.startsWith("{\"error\": \"bad-request: "), said);
      }
      assertEquals(
          1, room.take().getJsonObject("body").getInteger("value"), "the one before is in");
    }
    room.line("Connection lost from 127.0.0.1:");
    until(
        "nothing is left of the connection",
        () -> room.door().connectionCount() == 0 && room.door().bufferedBytes() == 0);
  }

  @Test
  void anItemOverTheQueuesOwnBoundIsRefused() throws IOException {
    JsonObject queue =
        new JsonObject().put("itemBytesMax", 200).put("batchBytesMax", 1000).put("capacity", 5);
    room = new Classroom(dataDir, queue).open(new JsonObject());
    try (Classroom.Client client = room.client()) {
      String large = item(1, 1).replace("}", ",\"x\":\"" + "x".repeat(300) + "\"}");
      String said = client.send(large).readAll();
      assertTrue(said.contains("too-large"), said);
    }
  }

  @Test
  void theNextRequestAcknowledgesTheOneBefore() throws IOException {
    room(5);
    try (Classroom.Client producer = room.client();
        Classroom.Client consumer = room.client()) {
      producer.send(item(1, 1) + item(1, 2));
      assertEquals(item(1, 1), consumer.consume());
      assertEquals(1, room.count("leased"));
      assertEquals(item(1, 2), consumer.consume());
      until("the item is leased", () -> room.count("leased") == 1 && room.count("ready") == 0);
    }
    JsonObject again = room.take();
    assertEquals(2, again.getJsonObject("body").getInteger("value"), "the last was not acked");
    assertEquals(2, again.getInteger("attempt"), "it was written: that counts");
  }

  @Test
  void aClientThatIsResetGivesBackWhatItHeld() throws IOException {
    room(5);
    try (Classroom.Client producer = room.client()) {
      producer.send(item(1, 1));
      Classroom.Client consumer = room.client();
      assertEquals(item(1, 1), consumer.consume());
      consumer.reset();
      until("the item is ready", () -> room.count("ready") == 1);
    }
  }

  @Test
  void aClientThatVanishesWhileItWaitsCostsNothing() throws IOException {
    room(5);
    Classroom.Client consumer = room.client();
    consumer.send("{\"type\":\"consumer\"}");
    room.line("New connection");
    until("one connection is left", () -> room.door().connectionCount() == 1);
    consumer.reset();
    until("every connection ended", () -> room.door().connectionCount() == 0);
    try (Classroom.Client producer = room.client()) {
      producer.send(item(1, 1));
      room.line("Produced");
    }
    assertEquals(1, room.take().getJsonObject("body").getInteger("value"));
  }

  @Test
  void whatAProducerSentGoesInAlthoughItIsGone() throws IOException {
    room(2);
    try (Classroom.Client producer = room.client()) {
      for (int value = 1; value <= 50; value++) {
        producer.send(item(3, value));
      }
    }
    for (int value = 1; value <= 50; value++) {
      assertEquals(value, room.take().getJsonObject("body").getInteger("value"));
    }
    until("every connection ended", () -> room.door().connectionCount() == 0);
  }

  @Test
  void autoAckRestoresTheOriginal() throws IOException {
    room(5, new JsonObject().put("autoAck", true));
    try (Classroom.Client producer = room.client();
        Classroom.Client consumer = room.client()) {
      producer.send(item(1, 1));
      assertEquals(item(1, 1), consumer.consume());
      assertEquals(0, room.count("leased") + room.count("ready"));
    }
  }

  @Test
  void anyDoorsItemsGoThroughAnyOther() throws IOException {
    room(5);
    room.bus.ask("weir.lab.produce", "{\"op\":\"put\",\"producer\":\"p\",\"body\":[1,\"ü\"]}");
    try (Classroom.Client producer = room.client();
        Classroom.Client consumer = room.client()) {
      assertEquals("[1,\"ü\"]", consumer.consume());
      producer.send(item(9, 33));
      room.line("Produced");
      JsonObject taken = room.take();
      assertEquals("9", taken.getString("producer"));
      assertEquals(1728033830.978511, taken.getJsonObject("body").getDouble("timestamp"));
    }
  }
}
