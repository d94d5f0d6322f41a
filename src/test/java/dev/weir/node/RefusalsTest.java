package dev.weir.node;

import static dev.weir.node.Bus.queue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every row of the table of codes, over the event bus: code, word, and that nothing was done. */
class RefusalsTest {
  private static final String PUT = "weir.q.produce";
  private static final String TAKE = "weir.q.consume";
  private static final String MANAGE = "weir.q.manage";
  private static final String QUEUES = "weir.queues";

  @TempDir Path dataDir;
  private Bus bus;

  @BeforeEach
  void start() {
    bus =
        new Bus(dataDir)
            .start(
                queue("q")
                    .put("capacity", 2)
                    .put("itemBytesMax", 20)
                    .put("batchBytesMax", 50)
                    .put("batchItemsMax", 3)
                    .put("sessionWindow", 3)
                    .put("sessionsMax", 2)
                    .put("waitersMax", 1));
  }

  @AfterEach
  void stop() {
    bus.close();
  }

  static Stream<Arguments> badRequests() {
    return Stream.of(
        Arguments.of(PUT, "{}"),
        Arguments.of(PUT, "{\"op\":\"get\"}"),
        Arguments.of(PUT, "{\"op\":\"put\",\"producer\":\"p\"}"),
        Arguments.of(PUT, "{\"op\":\"put\",\"body\":1}"),
        Arguments.of(PUT, "{\"op\":\"put\",\"producer\":\"\",\"body\":1}"),
        Arguments.of(PUT, "{\"op\":\"put\",\"producer\":\"p\",\"body\":1,\"colour\":2}"),
        Arguments.of(PUT, "{\"op\":\"put\",\"producer\":\"p\",\"body\":1,\"waitMs\":-1}"),
        Arguments.of(PUT, "{\"op\":\"put\",\"producer\":\"p\",\"body\":1,\"waitMs\":25001}"),
        Arguments.of(PUT, "{\"op\":\"put\",\"producer\":\"p\",\"body\":1,\"waitMs\":1.5}"),
        Arguments.of(PUT, "{\"op\":\"put\",\"producer\":\"p\",\"body\":1,\"session\":\"s\"}"),
        Arguments.of(PUT, "{\"op\":\"put\",\"producer\":\"p\",\"body\":1,\"seq\":1}"),
        Arguments.of(PUT, "{\"op\":\"put\",\"producer\":\"p\",\"items\":[]}"),
        Arguments.of(
            PUT, "{\"op\":\"put\",\"producer\":\"p\",\"items\":[{\"body\":1,\"ttlMs\":5}]}"),
        Arguments.of(PUT, "{\"op\":\"put\",\"producer\":\"p\",\"items\":[1]}"),
        Arguments.of(TAKE, "{\"op\":\"take\"}"),
        Arguments.of(TAKE, "{\"op\":\"take\",\"consumer\":\"c\",\"max\":0}"),
        Arguments.of(TAKE, "{\"op\":\"take\",\"consumer\":\"c\",\"waitMs\":-1}"),
        Arguments.of(TAKE, "{\"op\":\"take\",\"consumer\":\"c\",\"leaseMs\":0}"),
        Arguments.of(TAKE, "{\"op\":\"take\",\"consumer\":\"c\",\"leaseMs\":43200001}"),
        Arguments.of(TAKE, "{\"op\":\"ack\",\"consumer\":\"c\",\"leases\":[]}"),
        Arguments.of(TAKE, "{\"op\":\"ack\",\"consumer\":\"c\"}"),
        Arguments.of(TAKE, "{\"op\":\"nack\",\"consumer\":\"c\",\"leases\":[{\"id\":1}]}"),
        Arguments.of(MANAGE, "{\"op\":\"redrive\"}"),
        Arguments.of(MANAGE, "{\"op\":\"explain\"}"),
        Arguments.of(MANAGE, "{\"op\":\"peek\",\"max\":1001}"),
        Arguments.of(MANAGE, "{\"op\":\"peek\",\"state\":\"lost\"}"),
        Arguments.of(MANAGE, "{\"op\":\"purge\"}"),
        Arguments.of(MANAGE, "{\"op\":\"purge\",\"state\":\"ready\",\"max\":10001}"),
        Arguments.of(MANAGE, "{\"op\":\"pause\"}"),
        Arguments.of(MANAGE, "{\"op\":\"configure\",\"settings\":{\"capacity\":0}}"),
        Arguments.of(MANAGE, "{\"op\":\"configure\",\"settings\":{\"itemBytesMax\":51}}"),
        Arguments.of(MANAGE, "{\"op\":\"configure\",\"settings\":{\"admission\":\"round-robin\"}}"),
        Arguments.of(MANAGE, "{\"op\":\"configure\",\"settings\":{\"durability\":\"memory\"}}"),
        Arguments.of(QUEUES, "{\"op\":\"create\",\"name\":\"a b\"}"),
        Arguments.of(
            QUEUES,
            "{\"op\":\"create\",\"name\":\"r\",\"settings\":{\"durability\":\"replicated\"}}"),
        Arguments.of(QUEUES, "{\"op\":\"rename\"}"));
  }

  @ParameterizedTest
  @MethodSource("badRequests")
  void aRequestThatBreaksTheContractIsRefused(String address, String request) {
    JsonObject before = bus.ask(MANAGE, "{\"op\":\"stats\"}");
    bus.refused(400, "bad-request", address, new JsonObject(request));
    JsonObject after = bus.ask(MANAGE, "{\"op\":\"stats\"}");
    assertEquals(before.getJsonObject("counts"), after.getJsonObject("counts"));
    assertEquals(before.getJsonObject("settings"), after.getJsonObject("settings"));
    assertEquals(
        before.getJsonObject("journal").getLong("position"),
        after.getJsonObject("journal").getLong("position"));
  }

  @Test
  void whatIsNoObjectIsRefused() {
    bus.refused(400, "bad-request", PUT, new JsonArray().add(1));
    bus.refused(400, "bad-request", TAKE, "take");
  }

  @Test
  void whatIsTooLargeIsRefused() {
    String item = "{\"body\":\"%s\"}".formatted("x".repeat(18));
    String big = "{\"op\":\"put\",\"producer\":\"p\",\"body\":\"%s\"}".formatted("x".repeat(19));
    bus.refused(413, "too-large", PUT, new JsonObject(big));
    String three =
        "{\"op\":\"put\",\"producer\":\"p\",\"items\":[%s,%s,%s]}".formatted(item, item, item);
    bus.refused(413, "too-large", PUT, new JsonObject(three));
    String four =
        "{\"op\":\"put\",\"producer\":\"p\",\"items\":[{\"body\":1},{\"body\":1},{\"body\":1},{\"body\":1}]}";
    bus.refused(413, "too-large", PUT, new JsonObject(four));
    assertEquals(0, bus.counts("q").getInteger("ready"));
  }

  @Test
  void aKeyWithAnotherBodyIsAConflict() {
    bus.ask(PUT, "{\"op\":\"put\",\"producer\":\"p\",\"body\":1,\"key\":\"k\"}");
    JsonObject again = bus.ask(PUT, "{\"op\":\"put\",\"producer\":\"p\",\"body\":1,\"key\":\"k\"}");
    assertEquals(new JsonArray().add(0), again.getJsonArray("duplicates"));
    bus.refused(
        409,
        "conflict",
        PUT,
        new JsonObject("{\"op\":\"put\",\"producer\":\"p\",\"body\":2,\"key\":\"k\"}"));
    assertEquals(1, bus.counts("q").getInteger("ready"));
  }

  @Test
  void theLinesAndTheSessionsHaveTheirLimits() {
    bus.send(TAKE, new JsonObject("{\"op\":\"take\",\"consumer\":\"c\",\"waitMs\":20000}"))
        .onFailure(cause -> {});
    JsonObject second = new JsonObject("{\"op\":\"take\",\"consumer\":\"d\",\"waitMs\":20000}");
    bus.refused(429, "too-many-waiting", TAKE, second);
    String session = "{\"op\":\"put\",\"producer\":\"p\",\"body\":1,\"session\":\"%s\",\"seq\":0}";
    bus.ask(PUT, session.formatted("a"));
    bus.ask(PUT, session.formatted("b"));
    bus.refused(429, "too-many-sessions", PUT, new JsonObject(session.formatted("c")));
  }

  @Test
  void aResendOlderThanTheWindowIsRefused() {
    for (int seq = 1; seq <= 4; seq++) {
      bus.ask(PUT, put(seq));
      String taken = "{\"op\":\"take\",\"consumer\":\"c\",\"autoAck\":true,\"waitMs\":5000}";
      assertEquals(1, bus.ask(TAKE, taken).getJsonArray("items").size());
    }
    bus.refused(504, "too-old", PUT, new JsonObject(put(1)));
    assertEquals("stored", bus.ask(PUT, put(2)).getString("status"), "still remembered");
    assertEquals(0, bus.counts("q").getInteger("ready"));
  }

  private static String put(int seq) {
    return "{\"op\":\"put\",\"producer\":\"p\",\"body\":%d,\"session\":\"s\",\"seq\":%d}"
        .formatted(seq, seq);
  }

  @Test
  void anAckOfAStaleFenceOrOfNothingIsRefusedByName() {
    bus.ask(PUT, "{\"op\":\"put\",\"producer\":\"p\",\"body\":1}");
    JsonObject taken =
        bus.ask(TAKE, "{\"op\":\"take\",\"consumer\":\"c\",\"waitMs\":5000}")
            .getJsonArray("items")
            .getJsonObject(0);
    assertEquals("lease-lost", ack(1, taken.getLong("fence") - 1));
    assertEquals("gone", ack(99, taken.getLong("fence")));
    assertEquals(null, ack(1, taken.getLong("fence")));
    assertEquals(null, ack(1, taken.getLong("fence")), "an ack that comes again is done");
  }

  private String ack(long id, long fence) {
    JsonObject done =
        bus.ask(
            TAKE,
            "{\"op\":\"ack\",\"consumer\":\"c\",\"leases\":[{\"id\":%d,\"fence\":%d}]}"
                .formatted(id, fence));
    JsonArray refused = done.getJsonArray("refused");
    return refused.isEmpty() ? null : refused.getJsonObject(0).getString("reason");
  }

  @Test
  void queuesThatAreNotThereAndQueuesThatAre() {
    bus.refused(404, "no-such-item", MANAGE, new JsonObject("{\"op\":\"kick\",\"id\":7}"));
    bus.refused(404, "no-such-queue", QUEUES, new JsonObject("{\"op\":\"delete\",\"name\":\"x\"}"));
    String create = "{\"op\":\"create\",\"name\":\"new\",\"settings\":{\"capacity\":%d}}";
    assertEquals("done", bus.ask(QUEUES, create.formatted(7)).getString("status"));
    assertEquals("done", bus.ask(QUEUES, create.formatted(7)).getString("status"));
    bus.refused(409, "conflict", QUEUES, new JsonObject(create.formatted(8)));
    bus.ask("weir.new.produce", "{\"op\":\"put\",\"producer\":\"p\",\"body\":1}");
    JsonObject delete = new JsonObject("{\"op\":\"delete\",\"name\":\"new\"}");
    bus.refused(409, "conflict", QUEUES, delete);
    assertEquals(
        "done", Bus.await(bus.send(QUEUES, delete.put("force", true))).getString("status"));
    assertEquals(1, bus.ask(QUEUES, "{\"op\":\"list\"}").getJsonArray("queues").size());
  }
}
