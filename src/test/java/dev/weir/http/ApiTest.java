package dev.weir.http;

import static dev.weir.node.Bus.await;
import static dev.weir.node.Bus.queue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.node.Bus;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each route of the API and each code, through two real clients, held against the contract. */
class ApiTest {
  private static final String LAB = "/api/queues/lab";

  @TempDir Path dataDir;
  private Bus bus;
  private ApiClient api;

  @AfterEach
  void stop() {
    bus.close();
  }

  private void start(String client, JsonObject settings, JsonObject... queues) {
    bus = new Bus(dataDir).start(queues);
    HttpVerticle door = new HttpVerticle(HttpSettings.parse(settings.put("port", 0)));
    await(bus.vertx.deployVerticle(door));
    Transport transport = client.equals("curl") ? Transport.curl() : Transport.webClient(bus.vertx);
    api = new ApiClient(bus.vertx, door.port(), transport);
  }

  private void start(String client) {
    start(client, new JsonObject(), queue("lab").put("durability", "memory").put("capacity", 3));
  }

  private JsonObject take(String body) {
    return api.ok("POST", LAB + "/take", body).getJsonArray("items").getJsonObject(0);
  }

  private static String leases(JsonObject item, String more) {
    return "{\"consumer\":\"c\",\"leases\":[{\"id\":%d,\"fence\":%d}]%s}"
        .formatted(item.getLong("id"), item.getLong("fence"), more);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Vert.x", "curl"})
  void everyRouteAnswersWhatTheContractSays(String client) {
    start(client);
    aLifeOfItems();
    whatOperatorsDo();
    queuesComeAndGo();
    assertEquals(Set.of(), api.untried(), "operations of the contract that this test leaves out");
  }

  private void aLifeOfItems() {
    JsonObject put = api.ok("POST", LAB + "/items", "{\"producer\":\"p\",\"body\":{\"n\":1}}");
    assertEquals("stored", put.getString("status"));
    assertEquals("memory", put.getJsonObject("receipt").getString("durability"));
    String two = "{\"producer\":\"p\",\"items\":[{\"body\":null,\"key\":\"k\"},{\"body\":[2.5]}]}";
    assertEquals(2, api.ok("POST", LAB + "/items", two).getJsonArray("ids").size());
    JsonObject full = api.ok("POST", LAB + "/items", "{\"producer\":\"p\",\"body\":4}");
    assertEquals("full", full.getString("status"), "full is a reply, not a failure");
    JsonObject first = take("{\"consumer\":\"c\"}");
    assertEquals(new JsonObject().put("n", 1), first.getJsonObject("body"));
    JsonObject acked = api.ok("POST", LAB + "/ack", leases(first, ""));
    assertEquals(1, acked.getJsonArray("done").size());
    JsonObject again = api.ok("POST", LAB + "/nack", leases(first, ""));
    assertEquals("gone", again.getJsonArray("refused").getJsonObject(0).getString("reason"));
    JsonObject second = take("{\"consumer\":\"c\",\"waitMs\":5000,\"leaseMs\":60000}");
    assertEquals(
        1, api.ok("POST", LAB + "/extend", leases(second, "")).getJsonArray("done").size());
    api.ok("POST", LAB + "/nack", leases(second, ",\"bury\":true,\"reason\":\"no use\""));
    JsonObject dead = api.ok("GET", LAB + "/items?state=dead&max=5&fromId=0", null);
    assertEquals(
        "no use", dead.getJsonArray("items").getJsonObject(0).getJsonArray("reasons").getString(0));
    assertEquals(
        "done", api.ok("POST", LAB + "/kick", "{\"id\":2,\"by\":\"me\"}").getString("status"));
  }

  private void whatOperatorsDo() {
    JsonObject stats = api.ok("GET", LAB + "/stats", null);
    assertEquals(2, stats.getJsonObject("counts").getInteger("ready"));
    assertEquals(3, api.ok("GET", LAB, null).getInteger("capacity"));
    JsonArray paused = new JsonArray().add("consume");
    assertEquals(
        paused, api.ok("POST", LAB + "/pause", "{\"side\":\"consume\"}").getJsonArray("paused"));
    JsonObject empty = api.ok("POST", LAB + "/take", "{\"consumer\":\"c\"}");
    assertTrue(empty.getBoolean("paused"));
    assertEquals(0, api.ok("GET", LAB + "/waiting?side=consume&max=3", null).getInteger("total"));
    api.ok("POST", LAB + "/resume", "{\"side\":\"consume\",\"by\":\"me\"}");
    assertEquals(
        1, api.ok("POST", LAB + "/purge", "{\"state\":\"ready\",\"max\":1}").getInteger("purged"));
    JsonObject changed = api.ok("POST", LAB + "/configure", "{\"settings\":{\"capacity\":9}}");
    assertEquals(9, changed.getJsonObject("settings").getInteger("capacity"));
    assertEquals("done", api.ok("POST", LAB + "/checkpoint", "{}").getString("status"));
    JsonArray changes = api.ok("GET", LAB + "/audit?max=2", null).getJsonArray("changes");
    assertEquals(2, changes.size());
  }

  private void queuesComeAndGo() {
    String settings = "{\"settings\":{\"durability\":\"memory\",\"capacity\":7},\"by\":\"me\"}";
    api.ok("PUT", "/api/queues/other", settings);
    api.ok("PUT", "/api/queues/other", settings);
    assertEquals(2, api.ok("GET", "/api/queues", null).getJsonArray("queues").size());
    api.refused(409, "conflict", "PUT", "/api/queues/other", "{}");
    api.ok("POST", "/api/queues/other/items", "{\"producer\":\"p\",\"body\":1}");
    api.refused(409, "conflict", "DELETE", "/api/queues/other", null);
    api.ok("DELETE", "/api/queues/other?force=true&by=me", null);
    api.refused(404, "no-such-queue", "GET", "/api/queues/other", null);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Vert.x", "curl"})
  void whatTheContractForbidsIsRefusedWithASentence(String client) {
    start(client);
    String[][] bad = {
      {"POST", "/items", "{\"producer\":\"p\"}", "body"},
      {"POST", "/items", "{\"body\":1}", "producer"},
      {"POST", "/items", "{\"producer\":\"p\",\"body\":1,\"ttlMs\":5}", "ttlMs"},
      {"POST", "/items", "{\"producer\":\"p\",\"body\":1,\"waitMs\":-1}", "waitMs"},
      {"POST", "/items", "{\"op\":\"put\",\"producer\":\"p\",\"body\":1}", "op"},
      {"POST", "/items", "[1]", "JSON object"},
      {"POST", "/take", "{\"consumer\":\"\"}", "consumer"},
      {"POST", "/take", "{\"consumer\":\"c\",\"max\":\"1\"}", "max"},
      {"POST", "/take", "{}", "consumer"},
      {"POST", "/ack", "{\"consumer\":\"c\",\"leases\":[]}", "leases"},
      {"POST", "/nack", "{\"consumer\":\"c\",\"leases\":[{\"id\":1}]}", "fence"},
      {"POST", "/pause", "{\"side\":\"both\"}", "side"},
      {"POST", "/purge", "{}", "state"},
      {"POST", "/kick", "{\"id\":0}", "id"},
      {"POST", "/configure", "{\"settings\":{\"capacity\":0}}", "capacity"},
      {"GET", "/waiting", null, "side"},
      {"GET", "/items?state=lost", null, "state"},
      {"GET", "/items?max=1001", null, "max"},
      {"GET", "/stats?watch=yes", null, "watch"},
      {"PUT", "", "{\"settings\":{\"admission\":\"round-robin\"}}", "admission"},
      {"DELETE", "?force=1", null, "force"},
    };
    for (String[] request : bad) {
      JsonObject problem = api.bad(request[0], LAB + request[1], request[2]);
      String message = problem.getString("message");
      assertTrue(message.contains(request[3]), message);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Vert.x", "curl"})
  void everyOtherCodeHasItsCause(String client) {
    start(
        client,
        new JsonObject().put("bodyBytesMax", 5000),
        queue("lab").put("waitersMax", 1).put("itemBytesMax", 100));
    api.refused(400, "bad-request", "POST", LAB + "/items", "{\"producer\":");
    api.refused(400, "bad-request", "GET", LAB + "/stats?fields=all", null);
    api.refused(400, "bad-request", "GET", LAB + "/stats?watch=true&watch=true", null);
    api.refused(400, "bad-request", "POST", LAB + "/take?max=3", "{\"consumer\":\"c\"}");
    api.refused(400, "bad-request", "GET", "/api/queues/a%2Fb/stats", null);
    api.refused(404, "no-such-queue", "POST", "/api/queues/nobody/take", "{\"consumer\":\"c\"}");
    api.refused(404, "no-such-queue", "DELETE", "/api/queues/nobody", null);
    api.refused(404, "no-such-item", "POST", LAB + "/kick", "{\"id\":99}");
    api.refused(404, "bad-request", "GET", "/api/nothing", null);
    api.refused(404, "bad-request", "POST", LAB + "/explode", "{}");
    assertEquals("GET, PUT, DELETE", api.call("POST", LAB, "{}").headers().get("allow"));
    api.refused(405, "bad-request", "GET", LAB + "/take", null);
    api.refused(405, "bad-request", "DELETE", "/api/queues", null);
    String large = "\"" + "x".repeat(200) + "\"";
    api.refused(
        413, "too-large", "POST", LAB + "/items", "{\"producer\":\"p\",\"body\":" + large + "}");
    api.refused(413, "too-large", "POST", LAB + "/items", "{\"x\":\"" + "x".repeat(6000) + "\"}");
    typesAndOrigins();
    whatANodeSays();
  }

  private void typesAndOrigins() {
    Buffer put = Buffer.buffer("{\"producer\":\"p\",\"body\":1}");
    String path = LAB + "/items";
    for (String type : new String[] {"text/plain", "application/x-www-form-urlencoded"}) {
      ApiClient.problem(
          415, "bad-request", api.raw("POST", path, Map.of("content-type", type), put));
    }
    ApiClient.problem(415, "bad-request", api.raw("POST", path, Map.of(), put));
    ApiClient.problem(415, "bad-request", api.raw("PUT", LAB, Map.of(), null));
    Map<String, String> charset = Map.of("content-type", "Application/JSON; charset=utf-8");
    assertEquals(200, api.raw("POST", path, charset, put).status());
    assertEquals(400, api.raw("POST", path, ApiClient.JSON, null).status(), "empty is {}");
    Map<String, String> elsewhere =
        Map.of("origin", "http://evil.example", "content-type", "application/json");
    ApiClient.problem(403, "forbidden", api.raw("POST", path, elsewhere, put));
    assertEquals(200, api.raw("HEAD", LAB + "/stats", Map.of(), null).status());
  }

  /** Whatever a node says, a queue on the bus can say: the door passes it on. */
  private void whatANodeSays() {
    Object[][] failures = {
      {429, "too-many-waiting"}, {429, "too-many-sessions"}, {500, "defect"}, {503, "not-ready"},
      {503, "stopping"}, {503, "not-owner"}, {504, "outcome-unknown"}, {504, "too-old"},
    };
    for (Object[] failure : failures) {
      String queue = failure[1].toString();
      bus.vertx
          .eventBus()
          .consumer("weir." + queue + ".produce")
          .handler(message -> message.fail((int) failure[0], failure[1] + ": as told"));
      JsonObject problem =
          api.refused(
              (int) failure[0],
              queue,
              "POST",
              "/api/queues/" + queue + "/items",
              "{\"producer\":\"p\",\"body\":1}");
      assertEquals(failure[1] + ": as told", problem.getString("message"));
    }
  }
}
