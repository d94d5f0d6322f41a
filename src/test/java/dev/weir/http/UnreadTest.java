package dev.weir.http;

import static dev.weir.node.Bus.await;
import static dev.weir.node.Bus.queue;
import static dev.weir.node.Bus.until;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.node.Bus;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that ask and never read: what they may cost is bounded, and they are sent away. */
class UnreadTest {
  private static final int MIB = 1 << 20;

  @TempDir Path dataDir;
  private final AtomicInteger asked = new AtomicInteger();
  private HttpRoom room;

  /** Four items of a MiB each: whoever peeks at them is told one MiB, and where to go on. */
  private void open(JsonObject settings) {
    JsonObject lab = queue("lab").put("durability", "memory");
    room = new HttpRoom(dataDir, settings, lab);
    String body = "x".repeat(MIB - 10);
    for (int item = 0; item < 4; item++) {
      JsonObject put = new JsonObject().put("op", "put").put("producer", "p").put("body", body);
      await(room.bus.send("weir.lab.produce", put));
    }
    room.bus
        .vertx
        .eventBus()
        .addInboundInterceptor(
            context -> {
              if (context.message().address().equals("weir.lab.manage")) {
                asked.incrementAndGet();
              }
              context.next();
            });
  }

  @AfterEach
  void isStillThere() throws IOException {
    try (RawClient good = room.connect()) {
      assertEquals(200, good.get("/health/ready").status());
    }
    room.close();
  }

  @Test
  void requestsSentAheadWaitUntilAnswersAreRead() throws IOException {
    int requests = 500;
    open(new JsonObject().put("unreadMs", 4000));
    try (RawClient client = new RawClient(room.door.port(), 4096)) {
      for (int one = 0; one < requests; one++) {
        client.get("/api/queues/lab/items?state=ready");
      }
      until("it is sent away", () -> room.door.connectionCount() == 0);
    }
    assertTrue(asked.get() < 20, asked.get() + " answers of 1 MiB are kept for nobody");
  }

  @Test
  void whoReadsSlowlyIsServed() throws IOException {
    open(new JsonObject().put("unreadMs", 2000));
    try (RawClient client = new RawClient(room.door.port(), 4096)) {
      for (int one = 0; one < 5; one++) {
        client.get("/api/queues/lab/items?state=ready");
      }
      for (int one = 0; one < 5; one++) {
        assertEquals(200, client.status());
      }
    }
  }

  /** A page (or program) on a web socket that stops reading once it is connected. */
  private WebSocket deaf(WebSocketClient client, String path) {
    WebSocketConnectOptions options =
        new WebSocketConnectOptions().setHost("127.0.0.1").setPort(room.door.port()).setURI(path);
    WebSocket socket = await(client.connect(options));
    socket.pause();
    return socket;
  }

  private static String framed(String path, JsonObject frame) {
    String json = frame.encode();
    return path.equals("/eventbus/websocket")
        ? json
        : new io.vertx.core.json.JsonArray().add(json).encode();
  }

  private void isSentAwayFor(String path, JsonObject frame) {
    Vertx vertx = Bus.vertx();
    try {
      WebSocketClient client =
          vertx.createWebSocketClient(new WebSocketClientOptions().setReceiveBufferSize(4096));
      WebSocket socket = deaf(client, path);
      socket.exceptionHandler(reset -> {});
      floods(vertx, socket, framed(path, frame));
      until("it is sent away", () -> room.door.connectionCount() == 0);
      await(client.close());
    } finally {
      await(vertx.close());
    }
  }

  /** Goes on sending for as long as the socket is open. */
  private static void floods(Vertx vertx, WebSocket socket, String text) {
    vertx.setPeriodic(
        1,
        id -> {
          try {
            for (int one = 0; one < 10 && !socket.writeQueueFull(); one++) {
              socket.writeTextMessage(text);
            }
          } catch (IllegalStateException closed) {
            vertx.cancelTimer(id);
          }
        });
  }

  private static JsonObject asks(JsonObject body) {
    return new JsonObject()
        .put("type", "send")
        .put("address", "weir.lab.manage")
        .put("replyAddress", "r")
        .put("body", body);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/eventbus/websocket", "/eventbus/000/abc/websocket"})
  void whoIsOwedTooMuchIsSentAway(String path) {
    open(new JsonObject().put("unreadMs", 60_000).put("overrunBytesMax", 16 * MIB));
    isSentAwayFor(path, asks(new JsonObject().put("op", "peek").put("state", "ready")));
    assertTrue(asked.get() < 1000, "" + asked.get());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/eventbus/websocket", "/eventbus/000/abc/websocket"})
  void whoTakesNothingIsSentAway(String path) {
    open(new JsonObject().put("unreadMs", 500).put("overrunBytesMax", 1L << 40));
    isSentAwayFor(path, asks(new JsonObject().put("op", "stats")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/eventbus/websocket", "/eventbus/000/abc/websocket"})
  void answersToRubbishCountToo(String path) {
    open(new JsonObject().put("unreadMs", 60_000).put("unwrittenBytesMax", 65_536));
    isSentAwayFor(path, new JsonObject().put("type", "x"));
  }
}
