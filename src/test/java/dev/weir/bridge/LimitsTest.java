package dev.weir.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.node.Bus;
import dev.weir.protocol.RequestException;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.io.EOFException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each limit of the bridge is reached, and holds. */
class LimitsTest {
  @TempDir Path directory;

  private static JsonObject with(String name, Object value) {
    return new JsonObject().put(name, value);
  }

  private Bridged door(JsonObject settings) {
    return new Bridged(directory, settings, Bus.queue("q"));
  }

  /** A handler that keeps what it is asked. */
  private static Queue<Message<Object>> holder(Bridged door, String address) {
    Queue<Message<Object>> held = new ConcurrentLinkedQueue<>();
    door.bus.vertx.eventBus().consumer(address, held::add);
    return held;
  }

  @Test
  void aFrameMayBeAsLongAsTheLimit() throws Exception {
    String frame = "{\"type\":\"ping\",\"x\":\"" + "x".repeat(978) + "\"}";
    assertEquals(1000, frame.length());
    try (Bridged door = door(with("frameBytesMax", 1000));
        Peer peer = door.connect()) {
      peer.say(frame);
      assertEquals("pong", peer.hear().getString("type"));
      peer.say(frame + " ");
      peer.hearError("frame_too_large");
      peer.awaitClosed();
    }
  }

  @Test
  void begunFramesHaveABoundForAllTogether() throws Exception {
    JsonObject settings = with("frameBytesMax", 10_000).put("bufferedBytesMax", 20_000);
    try (Bridged door = door(settings)) {
      byte[] begun = ByteBuffer.allocate(9000).putInt(9900).array();
      try (Peer one = door.connect();
          Peer two = door.connect()) {
        one.raw(begun);
        two.raw(begun);
        try (Peer three = door.connect()) {
          three.ping();
          Bus.until("both have begun", () -> door.bridge.bufferedBytes() == 18_000);
          three.raw(begun);
          three.hearError("too_much_buffered");
          three.awaitClosed();
        }
      }
      Bus.until("nothing is held", () -> door.bridge.bufferedBytes() == 0);
    }
  }

  @Test
  void soManyRequestsMayWaitAndTheAcksBehindThemAreRead() throws Exception {
    try (Bridged door = door(with("waitingMax", 3));
        Peer peer = door.connect()) {
      String take = "{\"op\":\"take\",\"consumer\":\"c\",\"waitMs\":25000}";
      for (int wait = 0; wait < 4; wait++) {
        peer.say(Peer.send("weir.q.consume", "w-" + wait, take));
      }
      JsonObject refused = peer.hear();
      assertEquals("w-3", refused.getString("address"));
      assertEquals(429, refused.getInteger("failureCode"));
      assertTrue(refused.getString("message").startsWith("too-many-waiting: "));
      String put = "{\"op\":\"put\",\"producer\":\"p\",\"body\":1}";
      peer.say(Peer.send("weir.q.produce", "put", put));
      List<String> heard = new ArrayList<>(List.of(peer.hear().getString("address")));
      heard.add(peer.hear().getString("address"));
      assertTrue(heard.containsAll(List.of("put", "w-0")), heard.toString());
      peer.say(Peer.send("weir.q.consume", "w-4", take));
      Bus.until("there is room again", () -> door.waiting("consume") == 3);
    }
  }

  /** Neither a publish nor a send that wants no answer is a way around the limits. */
  @ParameterizedTest
  @ValueSource(strings = {"publish", "send"})
  void whatIsAskedWithoutAnAnswerCounts(String type) throws Exception {
    JsonObject settings = with("waitingMax", 3).put("undecidedMax", 2);
    try (Bridged door = new Bridged(directory, settings, Bus.queue("q").put("capacity", 1));
        Peer peer = door.connect()) {
      peer.ask("weir.q.produce", "{\"op\":\"put\",\"producer\":\"p\",\"body\":1}");
      String frame = "{\"type\":\"" + type + "\",\"address\":\"%s\",\"body\":%s}";
      String take = "{\"op\":\"take\",\"consumer\":\"c\"}";
      peer.say(frame.formatted("weir.q.consume", take));
      assertEquals("weir.q.consume", peer.hearError("reply_address_required").getString("address"));
      assertEquals(0, door.count("leased"));
      String put = "{\"op\":\"put\",\"producer\":\"p\",\"waitMs\":25000,\"body\":2}";
      for (int wait = 0; wait < 9; wait++) {
        peer.say(frame.formatted("weir.q.produce", put));
      }
      peer.ping();
      Bus.until("they wait", () -> door.waiting("produce") >= 3);
      assertEquals(3, door.waiting("produce"));
      Queue<Message<Object>> held = holder(door, "weir.held.manage");
      for (int ask = 0; ask < 9; ask++) {
        peer.say(frame.formatted("weir.held.manage", "{}"));
      }
      try (Peer other = door.connect()) {
        Bus.until("two came", () -> held.size() >= 2);
        other.ping();
        other.ask("weir.q.manage", "{\"op\":\"stats\"}");
      }
      assertEquals(2, held.size());
    }
  }

  @Test
  void theFramesOfWhatWaitsHaveABoundInBytes() throws Exception {
    JsonObject settings = with("frameBytesMax", 1000).put("waitingBytesMax", 1500);
    JsonObject small = Bus.queue("q").put("capacity", 1);
    try (Bridged door = new Bridged(directory, settings, small);
        Peer peer = door.connect()) {
      peer.ask("weir.q.produce", "{\"op\":\"put\",\"producer\":\"p\",\"body\":1}");
      String put =
          "{\"op\":\"put\",\"producer\":\"p\",\"waitMs\":25000,\"body\":\""
              + "x".repeat(800)
              + "\"}";
      peer.say(Peer.send("weir.q.produce", "one", put))
          .say(Peer.send("weir.q.produce", "two", put));
      JsonObject refused = peer.hear();
      assertEquals("two", refused.getString("address"));
      assertEquals(429, refused.getInteger("failureCode"));
      assertEquals(1, door.waiting("produce"));
    }
  }

  @ParameterizedTest
  @CsvSource({"undecidedMax,2", "undecidedBytesMax,200"})
  void readingStopsWhileTooMuchIsUndecided(String limit, int most) throws Exception {
    try (Bridged door = door(Bridged.open("held").put(limit, most));
        Peer peer = door.connect()) {
      Queue<Message<Object>> held = holder(door, "held");
      String body = "\"" + "x".repeat(80) + "\"";
      peer.say(Peer.send("held", "one", body)).say(Peer.send("held", "two", body));
      peer.say("{\"type\":\"ping\"}").say(Peer.send("held", "three", body));
      Bus.until("two came", () -> held.size() == 2);
      try (Peer other = door.connect()) {
        other.ping();
      }
      assertEquals(2, held.size());
      held.remove().reply(1);
      assertEquals("one", peer.hear().getString("address"));
      assertEquals("pong", peer.hear().getString("type"));
      Bus.until("the third came", () -> held.size() == 2);
    }
  }

  @Test
  void soManyAddressesCanBeListenedTo() throws Exception {
    try (Bridged door = door(Bridged.open("a", "b", "c").put("registrationsMax", 2));
        Peer peer = door.connect()) {
      for (String address : List.of("a", "b", "a", "c")) {
        peer.say("{\"type\":\"register\",\"address\":\"" + address + "\"}");
      }
      assertEquals("c", peer.hearError("too_many_registrations").getString("address"));
      peer.say("{\"type\":\"unregister\",\"address\":\"a\"}");
      peer.say("{\"type\":\"register\",\"address\":\"c\"}");
      peer.say("{\"type\":\"publish\",\"address\":\"c\",\"body\":1}");
      assertEquals("c", peer.hear().getString("address"));
      peer.say("{\"type\":\"publish\",\"address\":\"a\",\"body\":1}");
      peer.ping();
    }
  }

  @Test
  void theOldestOfTooManyRepliesIsForgotten() throws Exception {
    try (Bridged door = door(Bridged.open("a").put("owedMax", 2));
        Peer peer = door.connect()) {
      peer.say("{\"type\":\"register\",\"address\":\"a\"}");
      ArrayDeque<String> replyAddresses = new ArrayDeque<>();
      for (int ask = 0; ask < 3; ask++) {
        peer.say(Peer.send("a", "self-" + ask, "1"));
        replyAddresses.add(peer.hear().getString("replyAddress"));
      }
      peer.say(Peer.send(replyAddresses.remove(), null, "1"));
      peer.hearError("access_denied");
      peer.say(Peer.send(replyAddresses.remove(), null, "1"));
      assertEquals("self-1", peer.hear().getString("address"));
    }
  }

  @Test
  void soManyConnectionsAreLetIn() throws Exception {
    try (Bridged door = door(with("connectionsMax", 2));
        Peer one = door.connect()) {
      one.ping();
      Peer two = door.connect();
      two.ping();
      try (Peer three = door.connect()) {
        three.awaitClosed();
      }
      two.close();
      Bus.until("the second is gone", () -> door.bridge.connectionCount() == 1);
      try (Peer four = door.connect()) {
        four.ping();
      }
      one.ping();
    }
  }

  @Test
  void whoDoesNothingIsClosedAndWhoWaitsIsNot() throws Exception {
    JsonObject patient = Bus.queue("q").put("waitMsMax", 3000);
    try (Bridged door = new Bridged(directory, with("idleMs", 1000), patient);
        Peer idle = door.connect();
        Peer slow = door.connect();
        Peer waiting = door.connect()) {
      String take = "{\"op\":\"take\",\"consumer\":\"c\",\"waitMs\":3000}";
      waiting.say(Peer.send("weir.q.consume", "w", take));
      slow.raw(new byte[] {0, 0, 0});
      idle.awaitClosed();
      slow.awaitClosed();
      assertEquals("empty", waiting.hear().getJsonObject("body").getString("status"));
      waiting.awaitClosed();
      assertThrows(EOFException.class, waiting::hear);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "frameBytesMax,0",
    "frameBytesMax,100000000",
    "waitingBytesMax,100",
    "overrunBytesMax,100",
    "unreadMs,x",
    "port,65536"
  })
  void whatCanNotBeIsRefusedByName(String name, String value) {
    JsonObject settings = with(name, value.equals("x") ? value : (Object) Integer.parseInt(value));
    RequestException refused =
        assertThrows(RequestException.class, () -> BridgeSettings.parse(settings));
    assertTrue(refused.getMessage().contains("bridge." + name), refused.getMessage());
  }
}
