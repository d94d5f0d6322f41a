package dev.weir.http;

import static dev.weir.node.Bus.await;
import static dev.weir.node.Bus.queue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.core.Durability;
import dev.weir.journal.JournalThreads;
import dev.weir.journal.LocalJournal;
import dev.weir.journal.MemoryJournal;
import dev.weir.node.Bus;
import dev.weir.node.JournalFactory;
import dev.weir.sim.SimulatedDisk;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a scrape shows after things whose figures are known. */
class MetricsTest {
  private static final String LAB = "{queue=\"lab\"}";
  private static final String LOCAL = "{durability=\"local\",verticle=\"0\"}";

  @TempDir Path dataDir;
  private Bus bus;
  private Transport client;
  private int port;

  private static final JournalFactory JOURNALS =
      (durability, verticle, epoch, context) ->
          durability == Durability.MEMORY
              ? new MemoryJournal(epoch, context)
              : new LocalJournal(
                  new SimulatedDisk(),
                  JournalThreads.real("metrics-" + verticle, context),
                  1 << 16,
                  UUID.randomUUID(),
                  epoch);

  @BeforeEach
  void start() {
    JsonObject lab = queue("lab").put("capacity", 3).put("attemptsMax", 1);
    bus = new Bus(dataDir).start(JOURNALS, lab, queue("quiet").put("durability", "memory"));
    HttpVerticle door = new HttpVerticle(HttpSettings.parse(new JsonObject().put("port", 0)));
    await(bus.vertx.deployVerticle(door));
    port = door.port();
    client = Transport.webClient(bus.vertx);
  }

  @AfterEach
  void stop() {
    bus.close();
  }

  private Exposition scrape() {
    Transport.Answer answer = client.call(port, "GET", "/metrics", Map.of(), null);
    assertEquals(200, answer.status());
    assertEquals(Metrics.TEXT, answer.headers().get("content-type"));
    return new Exposition(answer.body().toString());
  }

  private void put(String more) {
    bus.ask("weir.lab.produce", "{\"op\":\"put\",\"producer\":\"p\"%s}".formatted(more));
  }

  private JsonObject take() {
    return bus.ask("weir.lab.consume", "{\"op\":\"take\",\"consumer\":\"c\"}")
        .getJsonArray("items")
        .getJsonObject(0);
  }

  private void give(String op, JsonObject item, String more) {
    String lease = "{\"id\":%d,\"fence\":%d}".formatted(item.getLong("id"), item.getLong("fence"));
    String text = "{\"op\":\"%s\",\"consumer\":\"c\",\"leases\":[%s]%s}";
    bus.ask("weir.lab.consume", text.formatted(op, lease, more));
  }

  @Test
  void figuresAreThoseOfWhatHappened() {
    put(",\"key\":\"k\",\"body\":\"12345678\"");
    put(",\"key\":\"k\",\"body\":\"12345678\"");
    put(",\"items\":[{\"body\":1},{\"body\":2}]");
    give("ack", take(), "");
    give("nack", take(), ",\"bury\":true");
    JsonObject leased = take();
    put(",\"items\":[{\"body\":3},{\"body\":4},{\"body\":5}]");
    bus.refused(400, "bad-request", "weir.lab.manage", new JsonObject("{\"op\":\"kick\"}"));
    bus.ask("weir.lab.manage", "{\"op\":\"pause\",\"side\":\"consume\"}");
    Future<JsonObject> waiting =
        bus.send(
            "weir.lab.produce",
            new JsonObject("{\"op\":\"put\",\"producer\":\"p\",\"body\":6,\"waitMs\":20000}"));
    Exposition shown = scrape();
    assertEquals(1, shown.value("weir_node_up"));
    assertEquals(1, shown.value("weir_queue_up" + LAB));
    assertEquals(2, shown.value("weir_queue_items{queue=\"lab\",state=\"ready\"}"));
    assertEquals(1, shown.value("weir_queue_items{queue=\"lab\",state=\"leased\"}"));
    assertEquals(1, shown.value("weir_queue_items{queue=\"lab\",state=\"dead\"}"));
    assertEquals(3, shown.value("weir_queue_bytes" + LAB));
    assertEquals(3, shown.value("weir_queue_capacity_items" + LAB));
    assertEquals(64 << 20, shown.value("weir_queue_capacity_bytes" + LAB));
    assertEquals(1, shown.value("weir_queue_waiting_requests{queue=\"lab\",side=\"produce\"}"));
    assertEquals(0, shown.value("weir_queue_waiting_requests{queue=\"lab\",side=\"consume\"}"));
    assertEquals(0, shown.value("weir_queue_paused{queue=\"lab\",side=\"produce\"}"));
    assertEquals(1, shown.value("weir_queue_paused{queue=\"lab\",side=\"consume\"}"));
    totals(shown);
    times(shown);
    assertFalse(waiting.isComplete());
    give("ack", leased, "");
    assertEquals("stored", await(waiting).getString("status"));
    Exposition later = scrape();
    assertEquals(6, later.value("weir_queue_put_items_total" + LAB));
    assertEquals(3, later.value("weir_queue_lease_seconds_count" + LAB));
    assertEquals(0, later.value("weir_queue_put_items_total{queue=\"quiet\"}"));
  }

  private static void totals(Exposition shown) {
    assertEquals(5, shown.value("weir_queue_put_items_total" + LAB));
    assertEquals(3, shown.value("weir_queue_taken_items_total" + LAB));
    assertEquals(1, shown.value("weir_queue_acked_items_total" + LAB));
    assertEquals(1, shown.value("weir_queue_nacked_items_total" + LAB));
    assertEquals(1, shown.value("weir_queue_died_items_total" + LAB));
    assertEquals(1, shown.value("weir_queue_duplicate_items_total" + LAB));
    assertEquals(0, shown.value("weir_queue_ended_leases_total" + LAB));
    assertEquals(0, shown.value("weir_queue_purged_items_total" + LAB));
  }

  private static void times(Exposition shown) {
    assertEquals(3, shown.value("weir_queue_wait_seconds_count{queue=\"lab\",side=\"produce\"}"));
    assertEquals(3, shown.value("weir_queue_wait_seconds_count{queue=\"lab\",side=\"consume\"}"));
    assertEquals(2, shown.value("weir_queue_lease_seconds_count" + LAB));
    for (String quantile : List.of("0.5", "0.99", "1.0")) {
      String recent = "weir_queue_wait_recent_seconds{queue=\"lab\",side=\"consume\",quantile=\"";
      assertTrue(shown.value(recent + quantile + "\"}") >= 0);
    }
    assertEquals(1, shown.value("weir_journal_up" + LOCAL));
    double flushes = shown.value("weir_journal_flushes_total" + LOCAL);
    assertTrue(flushes >= 7, "each answer that leans on something was flushed: " + flushes);
    assertEquals(flushes, shown.value("weir_journal_flush_seconds_count" + LOCAL));
    assertEquals(flushes, shown.value("weir_journal_flush_bytes_count" + LOCAL));
    assertTrue(shown.value("weir_journal_appended_bytes_total" + LOCAL) > 0);
    assertEquals(0, shown.value("weir_journal_snapshots_total" + LOCAL));
    assertTrue(shown.has("weir_event_loop_delay_seconds_count{verticle=\"0\"}"));
    assertTrue(shown.has("jvm_threads_live_threads"));
  }

  @Test
  void aSnapshotAndAWaitShow() {
    Future<JsonObject> taking =
        bus.send(
            "weir.lab.consume",
            new JsonObject("{\"op\":\"take\",\"consumer\":\"c\",\"waitMs\":20000}"));
    put(",\"body\":1");
    await(taking);
    bus.ask("weir.lab.manage", "{\"op\":\"checkpoint\"}");
    Exposition shown = scrape();
    assertEquals(1, shown.value("weir_journal_snapshots_total" + LOCAL));
    assertTrue(shown.value("weir_journal_snapshot_bytes" + LOCAL) > 64);
    assertEquals(1, shown.value("weir_queue_wait_seconds_count{queue=\"lab\",side=\"consume\"}"));
  }

  @Test
  void everyHostMayScrapeAndNobodyMaySend() {
    Map<String, String> foreign = Map.of("host", "weir.example", "origin", "http://evil.example");
    for (String path : List.of("/metrics", "/health/live", "/health/ready")) {
      Transport.Answer answer = client.call(port, "GET", path, foreign, null);
      assertEquals(200, answer.status(), path);
      assertEquals("nosniff", answer.headers().get("x-content-type-options"), path);
      assertFalse(answer.headers().containsKey("access-control-allow-origin"), path);
      assertEquals(405, client.call(port, "POST", path, ApiClient.JSON, null).status(), path);
    }
    for (String path : List.of("/metrics/..", "/health/../api/queues", "/health/live/", "/")) {
      Transport.Answer answer = Transport.curl().call(port, "GET", path, foreign, null);
      assertEquals(403, answer.status(), path);
    }
  }

  @Test
  void openMetricsForThoseWhoAskForIt() {
    Map<String, String> accept =
        Map.of("accept", "application/openmetrics-text;version=1.0.0,text/plain;q=0.5");
    Transport.Answer answer = client.call(port, "GET", "/metrics", accept, null);
    assertEquals(Metrics.OPEN_METRICS, answer.headers().get("content-type"));
    assertTrue(answer.body().toString().endsWith("# EOF\n"));
  }

  @Test
  void manyScrapesAtOnceAreAllAnswered() {
    WebClient web = WebClient.create(bus.vertx);
    List<Future<HttpResponse<Buffer>>> asked = new ArrayList<>();
    for (int scrape = 0; scrape < 64; scrape++) {
      asked.add(web.get(port, "127.0.0.1", "/metrics").send());
    }
    for (HttpResponse<Buffer> answer : await(Future.all(asked)).<HttpResponse<Buffer>>list()) {
      assertEquals(1, new Exposition(answer.bodyAsString()).value("weir_node_up"));
    }
  }

  @Test
  void withoutANodeThereAreStillFigures() {
    Vertx alone = Bus.vertx();
    try {
      HttpVerticle door = new HttpVerticle(HttpSettings.parse(new JsonObject().put("port", 0)));
      await(alone.deployVerticle(door));
      Transport.Answer answer = client.call(door.port(), "GET", "/metrics", Map.of(), null);
      assertEquals(0, new Exposition(answer.body().toString()).value("weir_node_up"));
    } finally {
      await(alone.close());
    }
  }

  /** The table of docs/operating.md names each metric of Weir's, and no other. */
  @Test
  void theyAreDocumented() throws IOException {
    Set<String> shown = new TreeSet<>();
    scrape().types().keySet().stream().filter(name -> name.startsWith("weir_")).forEach(shown::add);
    Set<String> told = new TreeSet<>();
    Matcher names =
        Pattern.compile("`(weir_[a-z_]+)").matcher(Files.readString(Path.of("docs/operating.md")));
    while (names.find()) {
      told.add(names.group(1));
    }
    shown.removeIf(name -> name.contains("_recent_"));
    assertEquals(shown, told);
  }
}
