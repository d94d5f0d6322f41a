package dev.weir.http;

import static dev.weir.node.Bus.await;
import static dev.weir.node.Bus.queue;
import static dev.weir.node.Bus.until;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is too long, too slow, too much or crooked is refused or closed, and others are served. */
class HostileTest {
  private static final String POST_HEAD = "content-type: application/json\r\n";

  @TempDir Path dataDir;
  private HttpRoom room;

  private void open(JsonObject settings) {
    room = new HttpRoom(dataDir, settings, queue("lab").put("durability", "memory"));
  }

  @AfterEach
  void isStillThere() throws IOException {
    try (RawClient good = room.connect()) {
      assertEquals(200, good.get("/health/ready").status());
      assertEquals(200, good.get("/api/queues").status());
    }
    room.close();
  }

  @Test
  void tenThousandSlowHeadsEndInTime() throws Exception {
    int most = 200;
    int attempts = 10_000;
    int wave = 500;
    open(new JsonObject().put("connectionsMax", most).put("headerMs", 300));
    try (RawClient good = room.connect()) {
      assertEquals(200, good.get("/health/live").status());
      NetClient attacker = room.bus.vertx.createNetClient();
      AtomicInteger ended = new AtomicInteger();
      for (int begun = 0; begun < attempts; begun += wave) {
        for (int one = 0; one < wave; one++) {
          attacker
              .connect(room.door.port(), "127.0.0.1")
              .onSuccess(socket -> trickle(socket, ended))
              .onFailure(refused -> ended.incrementAndGet());
        }
        int due = begun + wave;
        AtomicInteger crowd = new AtomicInteger();
        until(
            "a wave of slow heads ended",
            () -> {
              crowd.accumulateAndGet(room.door.connectionCount(), Math::max);
              return ended.get() == due;
            });
        assertTrue(crowd.get() > 1 && crowd.get() <= most, crowd + " were in at once");
        assertEquals(200, good.get("/health/live").status(), "one that was in is served");
      }
      assertEquals(attempts, ended.get());
    }
    until("all are gone", () -> room.door.connectionCount() == 0);
  }

  /** A byte of a header now and then, for as long as the connection lasts. */
  private void trickle(NetSocket socket, AtomicInteger ended) {
    socket.exceptionHandler(reset -> {});
    socket.write("GET / HTTP/1.1\r\nx: ");
    long timer = room.bus.vertx.setPeriodic(50, id -> socket.write("x"));
    socket.closeHandler(
        closed -> {
          room.bus.vertx.cancelTimer(timer);
          ended.incrementAndGet();
        });
  }

  @Test
  void aSlowHeadBehindAGoodRequestEndsToo() throws IOException {
    open(new JsonObject().put("headerMs", 200));
    try (RawClient client = room.connect()) {
      assertEquals(200, client.get("/health/live").status());
      assertTrue(client.send("GET / HT").hasEnded());
    }
  }

  @Test
  void aConnectionThatDoesNothingEnds() throws IOException {
    open(new JsonObject().put("idleMs", 200).put("headerMs", 60_000));
    try (RawClient client = room.connect()) {
      assertEquals(200, client.get("/health/live").status());
      assertTrue(client.hasEnded());
    }
    try (RawClient waiting = room.connect()) {
      String take = "{\"consumer\":\"c\",\"waitMs\":1500}";
      post(waiting, "/api/queues/lab/take", take.length()).send(take);
      assertEquals(200, waiting.status(), "who waits for an answer is not idle");
    }
  }

  private static RawClient post(RawClient client, String path, long length) throws IOException {
    return client.head("POST", path).send(POST_HEAD + "content-length: " + length + "\r\n\r\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"path", "header", "headers"})
  void headsHaveABound(String kind) throws IOException {
    open(new JsonObject());
    String begin =
        switch (kind) {
          case "path" -> "GET /";
          case "header" -> "GET / HTTP/1.1\r\nx: ";
          default -> "GET / HTTP/1.1\r\n";
        };
    String piece = kind.equals("headers") ? "x: y\r\n".repeat(100) : "x".repeat(1000);
    try (RawClient client = room.connect()) {
      client.send(begin).flood(piece, 20_000);
      assertEquals(431, client.status());
      assertTrue(client.hasEnded());
    }
  }

  @Test
  void bodiesHaveABound() throws IOException {
    open(new JsonObject().put("bodyBytesMax", 1000));
    try (RawClient client = room.connect()) {
      assertEquals(413, post(client, "/api/queues/lab/items", 1L << 40).status());
    }
    try (RawClient client = room.connect()) {
      client.head("POST", "/api/queues/lab/items").send(POST_HEAD);
      client.send("transfer-encoding: chunked\r\n\r\n");
      assertFalse(client.flood("400\r\n" + "x".repeat(1024) + "\r\n", 1L << 32), "it is closed");
    }
    assertEquals(0, room.count("ready"));
  }

  @Test
  void aPackedBodyIsNotUnpacked() {
    open(new JsonObject());
    Map<String, String> packed =
        Map.of("content-type", "application/json", "content-encoding", "gzip");
    Buffer bomb = Buffer.buffer(new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0x63, 0});
    Transport.Answer answer =
        Transport.webClient(room.bus.vertx)
            .call(room.door.port(), "POST", "/api/queues/lab/items", packed, bomb);
    ApiClient.problem(400, "bad-request", answer);
  }

  @Test
  void aSlowBodyEndsInTime() throws IOException {
    open(new JsonObject().put("bodyMs", 200));
    try (RawClient client = room.connect()) {
      post(client, "/api/queues/lab/items", 100).send("{\"producer\":");
      assertEquals(408, client.status());
      assertTrue(client.hasEnded());
    }
  }

  @Test
  void bodiesHaveABoundForAllTogether() throws IOException {
    open(new JsonObject().put("bodyBytesMax", 1000).put("bufferedBytesMax", 65_536));
    List<RawClient> slow = new ArrayList<>();
    String most = " ".repeat(900);
    try (RawClient last = room.connect()) {
      for (int one = 0; one < 72; one++) {
        slow.add(post(room.connect(), "/api/queues/lab/items", 1000).send(most));
      }
      until("they arrived", () -> room.door.bufferedBytes() == 72 * most.length());
      assertEquals(429, post(last, "/api/queues/lab/items", 1000).send(most).status());
      for (RawClient one : slow) {
        one.close();
      }
      String put = "{\"producer\":\"p\",\"body\":1}";
      try (RawClient good = room.connect()) {
        until("there is room again", () -> room.door.bufferedBytes() == 0);
        assertEquals(200, post(good, "/api/queues/lab/items", put.length()).send(put).status());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/queues/..%2f..%2fetc%2fpasswd/stats",
        "/api/queues/%2e%2e/stats",
        "/api/queues/lab%00/stats",
        "/api/queues/lab;x/stats",
        "/api/queues/lab%20/stats",
        "/api/queues/lab.produce/stats",
        "/api/queues/*/stats",
        "/api/queues/%F0%9F%92%A3/stats",
        "/api/queues/lab%2fitems",
        "/api/queues//stats",
        "/api/queues/lab/../../../openapi.yaml",
        "/api/queues/lab/no-such-op",
        "/../openapi.yaml",
        "/..%2fopenapi.yaml",
        "/%2e%2e/openapi.yaml",
        "/..%5copenapi.yaml",
        "/vendor/..%2f..%2fopenapi.yaml",
        "/web/../../META-INF/MANIFEST.MF",
        "//etc/passwd",
        "/eventbus/../openapi.yaml",
        "/eventbus/iframe.html",
        "/eventbus/a/b/xhr_streaming",
        "/%zz",
        "/%"
      })
  void crookedPathsLeadNowhere(String path) {
    open(new JsonObject());
    Transport.Answer answer = Transport.curl().call(room.door.port(), "GET", path, Map.of(), null);
    assertTrue(List.of(400, 404).contains(answer.status()), path + " " + answer.status());
    String body = answer.body().toString();
    assertFalse(body.contains("openapi:") || body.contains("root:"), body);
  }

  @Test
  void aNameOfTooManyLettersIsNone() {
    open(new JsonObject());
    String path = "/api/queues/" + "x".repeat(65);
    Transport curl = Transport.curl();
    assertEquals(400, curl.call(room.door.port(), "GET", path, Map.of(), null).status());
    Transport.Answer made =
        curl.call(room.door.port(), "PUT", path, ApiClient.JSON, Buffer.buffer("{}"));
    ApiClient.problem(400, "bad-request", made);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\r\n\r\n\u0000\u0001\u0002\r\n\r\n",
        "GET\r\n\r\n",
        "GET / HTTP/9.9\r\n\r\n",
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "GET / HTTP/1.1\r\nno colon\r\n\r\n",
        "GET / HTTP/1.1\r\nhost: x\r\n folded: y\r\n\r\n"
      })
  void whatIsNoRequestEndsItsConnection(String soup) throws IOException {
    open(new JsonObject().put("headerMs", 500));
    try (RawClient client = room.connect()) {
      client.send(soup);
      assertTrue(client.hasEnded());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/queues", "/", "/metrics"})
  void aRequestThatNamesNoHostIsRefused(String path) throws IOException {
    open(new JsonObject());
    try (RawClient client = room.connect()) {
      assertEquals(400, client.send("GET " + path + " HTTP/1.1\r\n\r\n").status());
    }
  }

  /** What a proxy in between may read otherwise. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "content-length: 5\r\ncontent-length: 6\r\n",
        "content-length: -1\r\n",
        "content-length: 99999999999999999999\r\n"
      })
  void lengthsThatContradictAreRefused(String headers) throws IOException {
    open(new JsonObject().put("headerMs", 500));
    try (RawClient client = room.connect()) {
      client.head("POST", "/api/queues/lab/items").send(POST_HEAD + headers + "\r\n0\r\n\r\n");
      int status = client.status();
      assertEquals(400, status);
      assertTrue(client.hasEnded());
    }
  }

  @Test
  void manyConnectAndLeaveAtOnce() {
    open(new JsonObject());
    NetClient clients = room.bus.vertx.createNetClient();
    List<Future<Void>> all = new ArrayList<>();
    for (int one = 0; one < 1000; one++) {
      all.add(clients.connect(room.door.port(), "127.0.0.1").compose(NetSocket::close));
    }
    await(Future.all(all));
    until("none is left", () -> room.door.connectionCount() == 0);
  }
}
