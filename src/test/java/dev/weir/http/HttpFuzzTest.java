package dev.weir.http;

import static dev.weir.node.Bus.queue;
import static dev.weir.node.Bus.until;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.node.Bus;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Soups of bytes, half of HTTP, from 64 connections at once: the door stands, and a good client
 * beside is served throughout. The seed is printed; {@code -Dweir.seed=N} plays it again.
 */
class HttpFuzzTest {
  private static final int SOUPS = 5000;
  private static final int CONNECTIONS = 64;

  private static final List<String> PIECES =
      List.of(
          "GET / HTTP/1.1\r\nhost: @HOST@\r\n\r\n",
          "GET /api/queues HTTP/1.1\r\nhost: @HOST@\r\n\r\n",
          "GET /api/queues/lab/items?state=ready&max=@NUMBER@ HTTP/1.1\r\nhost: @HOST@\r\n\r\n",
          "HEAD /metrics HTTP/1.0\r\n\r\n",
          "POST /api/queues/lab/items HTTP/1.1\r\nhost: @HOST@\r\ncontent-type: application/json\r\n",
          "POST /api/queues/lab/take HTTP/1.1\r\nhost: @HOST@\r\ncontent-type: application/json\r\n",
          "PUT /api/queues/@NUMBER@ HTTP/1.1\r\nhost: @HOST@\r\n",
          "DELETE /api/queues/other HTTP/1.1\r\nhost: @HOST@\r\n",
          "content-length: @NUMBER@\r\n",
          "content-length: 2\r\n\r\n{}",
          "transfer-encoding: chunked\r\n\r\n",
          "5\r\n{\"a\":\r\n",
          "0\r\n\r\n",
          "expect: 100-continue\r\n",
          "connection: close\r\n",
          "GET /eventbus/websocket HTTP/1.1\r\nhost: @HOST@\r\nupgrade: websocket\r\nconnection:"
              + " upgrade\r\nsec-websocket-version: 13\r\nsec-websocket-key:"
              + " dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
          "\u0081\u0082",
          "{\"type\":\"send\",\"address\":\"weir.lab.produce\",\"body\":{}}",
          "\r\n",
          "\r\n\r\n");

  private static final int SLOW_MS = 300;

  @TempDir Path dataDir;
  private HttpRoom room;
  private final AtomicInteger left = new AtomicInteger(SOUPS);
  private final AtomicInteger ended = new AtomicInteger();
  private int cycles;
  private int slow;

  @Test
  void theDoorStandsWhateverIsThrownAtIt() {
    long seed = Long.getLong("weir.seed", ThreadLocalRandom.current().nextLong(1_000_000));
    System.out.println("HttpFuzzTest: replay with -Dweir.seed=" + seed);
    JsonObject settings = new JsonObject().put("headerMs", SLOW_MS).put("bodyMs", SLOW_MS);
    room =
        new HttpRoom(
            dataDir,
            settings.put("idleMs", SLOW_MS).put("unreadMs", 1000),
            queue("lab").put("durability", "memory"),
            queue("good").put("durability", "memory"));
    Vertx outside = Bus.vertx();
    try {
      NetClient clients = outside.createNetClient();
      for (int one = 0; one < CONNECTIONS; one++) {
        next(clients, new Random(seed + one));
      }
      while (ended.get() < SOUPS) {
        int before = ended.get();
        until(
            () ->
                "another connection ends after %d, the door has %d"
                    .formatted(ended.get(), room.door.connectionCount()),
            () -> {
              cycle();
              return ended.get() > before;
            });
      }
    } finally {
      dev.weir.node.Bus.await(outside.close());
    }
    until("none is wedged", () -> room.door.connectionCount() == 0);
    assertEquals(0, room.door.bufferedBytes());
    cycle();
    assertTrue(slow <= cycles / 10, slow + " of " + cycles + " good clients were slow themselves");
    room.close();
  }

  /** One connection after another, each with a soup of its own. */
  private void next(NetClient clients, Random random) {
    if (left.getAndDecrement() <= 0) {
      return;
    }
    clients
        .connect(room.door.port(), "127.0.0.1")
        .onFailure(refused -> over(clients, random))
        .onSuccess(
            socket -> {
              socket.exceptionHandler(reset -> {});
              socket.closeHandler(closed -> over(clients, random));
              if (random.nextInt(8) == 0) {
                socket.pause();
              }
              pour(socket, random);
            });
  }

  private void over(NetClient clients, Random random) {
    ended.incrementAndGet();
    next(clients, random);
  }

  private void pour(NetSocket socket, Random random) {
    for (int pieces = 1 + random.nextInt(12); pieces > 0; pieces--) {
      socket.write(piece(random));
    }
    if (random.nextInt(4) > 0) {
      socket.close();
    }
  }

  private Buffer piece(Random random) {
    byte[] bytes =
        PIECES
            .get(random.nextInt(PIECES.size()))
            .replace("@HOST@", "127.0.0.1:" + room.door.port())
            .replace("@NUMBER@", String.valueOf(random.nextInt(5000)))
            .getBytes(StandardCharsets.ISO_8859_1);
    if (random.nextInt(3) == 0) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    int length = random.nextInt(4) == 0 ? 1 + random.nextInt(bytes.length) : bytes.length;
    return Buffer.buffer(bytes).slice(0, length);
  }

  /**
   * What a good client does: it is answered within its patience, whatever others do. Where this
   * machine kept it waiting itself, the door may have ended it as it ends all who are slow.
   */
  private void cycle() {
    cycles++;
    long began = System.nanoTime();
    try (RawClient good = room.connect()) {
      String put = "{\"producer\":\"p\",\"body\":" + cycles + "}";
      assertEquals(200, post(good, "items", put));
      assertEquals(200, post(good, "take", "{\"consumer\":\"c\",\"autoAck\":true}"));
      assertEquals(200, good.get("/health/ready").status());
    } catch (AssertionError | IOException e) {
      if (System.nanoTime() - began < SLOW_MS * 1_000_000L) {
        throw new AssertionError("a good client was not served", e);
      }
      slow++;
    }
  }

  private static int post(RawClient client, String op, String body) throws IOException {
    return client
        .head("POST", "/api/queues/good/" + op)
        .send("content-type: application/json\r\ncontent-length: " + body.length() + "\r\n\r\n")
        .send(body)
        .status();
  }
}
