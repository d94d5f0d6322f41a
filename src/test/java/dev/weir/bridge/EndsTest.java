package dev.weir.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.node.Bus;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Connections end in every state and in every way: nothing is lost, and nothing stays behind. */
class EndsTest {
  private static final String TAKE = "{\"op\":\"take\",\"consumer\":\"c\",\"waitMs\":25000}";

  @TempDir Path directory;

  /** How a client goes. */
  enum End {
    CLOSE {
      @Override
      void of(Peer peer) throws IOException {
        peer.close();
      }
    },
    RESET {
      @Override
      void of(Peer peer) throws IOException {
        peer.reset();
      }
    },
    HALF_CLOSE {
      @Override
      void of(Peer peer) throws IOException {
        peer.socket.shutdownOutput();
        peer.awaitClosed();
      }
    };

    abstract void of(Peer peer) throws IOException;
  }

  private static String put(int value, int waitMs) {
    return "{\"op\":\"put\",\"producer\":\"p\",\"waitMs\":" + waitMs + ",\"body\":" + value + "}";
  }

  private static void ended(Bridged door) {
    Bus.until("it is gone", () -> door.bridge.connectionCount() == 0);
    assertEquals(0, door.bridge.bufferedBytes());
  }

  @ParameterizedTest
  @EnumSource
  void beforeItSaidAnythingOrInTheMiddle(End end) throws Exception {
    try (Bridged door = new Bridged(directory)) {
      byte[] frame = Peer.frame(Peer.send("weir.q.produce", "r", put(1, 0)));
      for (int bytes : new int[] {0, 2, 4, frame.length - 1}) {
        Peer peer = door.connect();
        peer.ping();
        peer.raw(java.util.Arrays.copyOf(frame, bytes));
        end.of(peer);
        ended(door);
      }
      assertEquals(0, door.count("ready"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void whileItWaitsForAnItem(End end) throws Exception {
    try (Bridged door = new Bridged(directory)) {
      Peer peer = door.connect();
      peer.say(Peer.send("weir.q.consume", "w-1", TAKE))
          .say(Peer.send("weir.q.consume", "w-2", TAKE));
      Bus.until("both wait", () -> door.waiting("consume") == 2);
      end.of(peer);
      ended(door);
      Bus.until("nobody waits", () -> door.waiting("consume") == 0);
      door.bus.ask("weir.q.produce", put(1, 0));
      assertEquals(1, door.count("ready"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void whileItWaitsForRoom(End end) throws Exception {
    try (Bridged door =
        new Bridged(directory, new JsonObject(), Bus.queue("q").put("capacity", 1))) {
      Peer peer = door.connect();
      peer.ask("weir.q.produce", put(1, 0));
      peer.say(Peer.send("weir.q.produce", "w-2", put(2, 25_000)));
      peer.say(Peer.send("weir.q.produce", null, put(3, 25_000)));
      Bus.until("both wait", () -> door.waiting("produce") == 2);
      end.of(peer);
      ended(door);
      Bus.until("nobody waits", () -> door.waiting("produce") == 0);
      assertEquals(1, door.count("ready"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void whileItHoldsLeases(End end) throws Exception {
    try (Bridged door = new Bridged(directory)) {
      Peer peer = door.connect();
      peer.ask("weir.q.produce", put(1, 0));
      peer.ask("weir.q.consume", TAKE);
      assertEquals(1, door.count("leased"));
      end.of(peer);
      ended(door);
      Bus.until("it is back", () -> door.count("ready") == 1);
      JsonObject item = door.bus.ask("weir.q.consume", TAKE).getJsonArray("items").getJsonObject(0);
      assertEquals(2, item.getInteger("attempt"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void whileItListensAndWhileNothingMoreIsRead(End end) throws Exception {
    JsonObject settings = Bridged.open("held", "weir.q.events").put("undecidedMax", 1);
    try (Bridged door = new Bridged(directory, settings, Bus.queue("q"))) {
      Set<Object> held = java.util.concurrent.ConcurrentHashMap.newKeySet();
      door.bus.vertx.eventBus().consumer("held", held::add);
      Peer peer = door.connect();
      peer.say("{\"type\":\"register\",\"address\":\"weir.q.events\"}").hear();
      peer.say(Peer.send("held", "r", "1")).say(Peer.send("held", "r", "2"));
      Bus.until("it is held", () -> held.size() == 1);
      end.of(peer);
      ended(door);
    }
  }

  /** The requests of one burst, cut off at once: each put is in once or not at all. */
  @ParameterizedTest
  @EnumSource(names = {"CLOSE", "RESET"})
  void inTheMiddleOfABurst(End end) throws Exception {
    try (Bridged door = new Bridged(directory)) {
      for (int burst = 0; burst < 50; burst++) {
        Peer peer = door.connect();
        for (int at = 0; at < 10; at++) {
          peer.say(Peer.send("weir.q.produce", "p", put(burst * 10 + at, 0)));
          peer.say(Peer.send("weir.q.consume", "t", TAKE));
        }
        end.of(peer);
      }
      ended(door);
      Bus.until(
          "nothing is leased and nobody waits",
          () -> door.count("leased") == 0 && door.waiting("consume") == 0);
      int left = door.count("ready") + door.count("delayed") + door.count("dead");
      Set<Object> values = new HashSet<>();
      JsonObject taken;
      String all = "{\"op\":\"take\",\"consumer\":\"c\",\"max\":1000}";
      while ((taken = door.bus.ask("weir.q.consume", all)).containsKey("items")) {
        for (Object item : taken.getJsonArray("items")) {
          assertTrue(values.add(((JsonObject) item).getValue("body")), item.toString());
        }
      }
      assertEquals(left - door.count("dead"), values.size());
    }
  }

  /** What never left costs its items no attempt; what did leave does. */
  @Test
  void answersThatWereNeverWrittenAreNoAttempts() throws Exception {
    JsonObject settings =
        new JsonObject().put("unwrittenBytesMax", 64 << 20).put("overrunBytesMax", 64 << 20);
    try (Bridged door = new Bridged(directory, settings, Bus.queue("q"))) {
      int items = 400;
      String body = "\"" + "x".repeat(64 * 1024) + "\"";
      for (int item = 0; item < items; item++) {
        door.bus.ask("weir.q.produce", "{\"op\":\"put\",\"producer\":\"p\",\"body\":" + body + "}");
      }
      Peer peer = new Peer(door.bridge.port(), 4096);
      for (int item = 0; item < items; item++) {
        peer.say(Peer.send("weir.q.consume", "t", TAKE));
      }
      Bus.until("all are leased", () -> door.count("leased") == items);
      peer.reset();
      ended(door);
      Bus.until("all are back", () -> door.count("ready") == items);
      Map<Integer, Integer> byAttempt = new HashMap<>();
      for (int taken = 0; taken < items; ) {
        JsonArray batch =
            door.bus
                .ask("weir.q.consume", "{\"op\":\"take\",\"consumer\":\"c\",\"max\":50}")
                .getJsonArray("items");
        batch.forEach(
            item -> byAttempt.merge(((JsonObject) item).getInteger("attempt"), 1, Integer::sum));
        taken += batch.size();
      }
      assertEquals(Set.of(1, 2), byAttempt.keySet());
      assertTrue(byAttempt.get(1) > items / 4, byAttempt.toString());
    }
  }
}
