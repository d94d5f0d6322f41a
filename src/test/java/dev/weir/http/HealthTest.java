package dev.weir.http;

import static dev.weir.node.Bus.await;
import static dev.weir.node.Bus.queue;
import static dev.weir.node.Bus.until;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.core.Durability;
import dev.weir.journal.Journal;
import dev.weir.journal.JournalThreads;
import dev.weir.journal.LocalJournal;
import dev.weir.node.Bus;
import dev.weir.sim.SimulatedDisk;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What probes are told: by a node that is well, and by one that is not, with the cause. */
class HealthTest {
  private static final String PUT = "{\"op\":\"put\",\"producer\":\"p\",\"body\":1}";

  @TempDir Path dataDir;
  private final Map<Integer, SimulatedDisk> disks = new ConcurrentHashMap<>();
  private Bus bus;
  private int port;

  private Journal journal(Durability durability, int verticle, long epoch, Executor context) {
    SimulatedDisk disk = disks.computeIfAbsent(verticle, number -> new SimulatedDisk());
    return new LocalJournal(
        disk, JournalThreads.real("health-" + verticle, context), 4096, UUID.randomUUID(), epoch);
  }

  private void start(JsonObject... queues) {
    bus = new Bus(dataDir).verticles(2).start(this::journal, queues);
    port = door(bus.vertx);
  }

  private static int door(Vertx vertx) {
    HttpVerticle door = new HttpVerticle(HttpSettings.parse(new JsonObject().put("port", 0)));
    await(vertx.deployVerticle(door));
    return door.port();
  }

  @AfterEach
  void stop() {
    if (bus != null) {
      bus.close();
    }
  }

  private JsonObject probe(int status, String path) {
    Transport.Answer answer = call(path);
    assertEquals(status, answer.status(), "" + answer.body());
    assertEquals("application/json", answer.headers().get("content-type"));
    JsonObject shown = answer.body().toJsonObject();
    assertEquals(status == 200 ? "UP" : "DOWN", shown.getString("status"), shown.encode());
    return shown;
  }

  private Transport.Answer call(String path) {
    return Transport.webClient(bus.vertx).call(port, "GET", path, Map.of(), null);
  }

  /** One check by the names on the way to it. */
  private static JsonObject check(JsonObject in, String... path) {
    JsonObject at = in;
    for (String name : path) {
      at =
          at.getJsonArray("checks").stream()
              .map(JsonObject.class::cast)
              .filter(check -> check.getString("id").equals(name))
              .findFirst()
              .orElseThrow(() -> new AssertionError(name + " is not in " + in.encode()));
    }
    return at;
  }

  private static void isDown(JsonObject check, String cause) {
    assertEquals("DOWN", check.getString("status"), check.encode());
    String said = check.getJsonObject("data").getString("cause");
    assertTrue(said.contains(cause), said);
  }

  @Test
  void aNodeThatServesIsReady() {
    start(queue("q"), queue("r"));
    assertEquals("UP", check(probe(200, "/health/live"), "event-loops").getString("status"));
    JsonObject ready = probe(200, "/health/ready");
    assertEquals("UP", check(ready, "journals", "verticle-0-local").getString("status"));
    assertEquals("UP", check(ready, "journals", "verticle-1-local").getString("status"));
    assertEquals("UP", check(ready, "queues", "q").getString("status"));
    assertEquals("UP", check(ready, "queues", "r").getString("status"));
  }

  @Test
  void aFailedDiskIsNotReadyAndSaysWhy() {
    start(queue("q"), queue("r"));
    disks.get(0).breakAfter(1);
    try {
      bus.ask("weir.q.produce", PUT);
      bus.ask("weir.q.produce", PUT);
    } catch (ReplyException e) {
      assertEquals(504, e.failureCode());
    }
    JsonObject ready = probe(503, "/health/ready");
    isDown(check(ready, "journals", "verticle-0-local"), "simulated disk failed");
    isDown(check(ready, "queues", "q"), "simulated disk failed");
    assertEquals("UP", check(ready, "queues", "r").getString("status"), "the other verticle's");
    probe(200, "/health/live");
    Exposition shown = new Exposition(call("/metrics").body().toString());
    assertEquals(0, shown.value("weir_journal_up{durability=\"local\",verticle=\"0\"}"));
    assertEquals(0, shown.value("weir_queue_up{queue=\"q\"}"));
    assertEquals(1, shown.value("weir_queue_up{queue=\"r\"}"));
  }

  @Test
  void aDamagedJournalIsNotReadyAndSaysWhere() {
    start(queue("q"), queue("r"));
    bus.ask("weir.q.produce", PUT);
    bus.ask("weir.q.produce", PUT);
    bus.close();
    byte[] bytes = disks.get(0).bytes("log-000000000001");
    bytes[64 + 32 + 8] ^= 1;
    disks.get(0).put("log-000000000001", bytes);
    start(queue("q"), queue("r"));
    JsonObject ready = probe(503, "/health/ready");
    isDown(check(ready, "journals", "verticle-0-local"), "log-000000000001 at byte");
    isDown(check(ready, "queues", "q"), "log-000000000001 at byte");
    assertEquals("UP", check(ready, "queues", "r").getString("status"));
  }

  @Test
  void aQueueThatAnotherNodeServesIsNotReady() {
    start(queue("q"), queue("r"));
    JsonObject claim =
        new JsonObject()
            .put("node", "00000000-0000-0000-0000-000000000000")
            .put("queues", new JsonObject().put("q", 1L));
    bus.vertx.eventBus().publish("weir.internal.claims", claim);
    until("q is given up", () -> call("/health/ready").status() == 503);
    JsonObject ready = probe(503, "/health/ready");
    isDown(check(ready, "queues", "q"), "00000000-0000-0000-0000-000000000000");
  }

  @Test
  void heldItemsAreShown() {
    JsonObject settings = queue("q").put("attemptsMax", 1).put("deadCapacity", 1);
    start(settings);
    String put = "{\"op\":\"put\",\"producer\":\"p\",\"items\":[{\"body\":1},{\"body\":2}]}";
    bus.ask("weir.q.produce", put);
    JsonObject taken = bus.ask("weir.q.consume", "{\"op\":\"take\",\"consumer\":\"c\",\"max\":2}");
    for (Object one : taken.getJsonArray("items")) {
      JsonObject item = (JsonObject) one;
      String nack =
          "{\"op\":\"nack\",\"consumer\":\"c\",\"leases\":[{\"id\":%d,\"fence\":%d}]}"
              .formatted(item.getLong("id"), item.getLong("fence"));
      bus.ask("weir.q.consume", nack);
    }
    JsonObject check = check(probe(200, "/health/ready"), "queues", "q");
    assertEquals(1, check.getJsonObject("data").getInteger("held"), check.encode());
  }

  @Test
  void aNodeThatDoesNotAnswerIsNeitherReadyNorAlive() {
    bus = new Bus(dataDir);
    port = door(bus.vertx);
    isDown(check(probe(503, "/health/live"), "event-loops"), "does not answer");
    isDown(check(probe(503, "/health/ready"), "event-loops"), "does not answer");
  }
}
