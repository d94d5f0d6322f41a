package dev.weir.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.node.Bus;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that read or write slowly, or not at all. */
class SlowTest {
  private static final int BODY_BYTES = 64 * 1024;
  private static final int SMALL_WINDOW_BYTES = 4096;
  private static final String BODY = "\"" + "x".repeat(BODY_BYTES) + "\"";

  @TempDir Path directory;

  /** One byte a second, and beside it somebody who is served as if nothing were. */
  @Test
  void aByteASecondIsServedInTheEnd() throws Exception {
    try (Bridged door = new Bridged(directory);
        Peer slow = door.connect();
        Peer good = door.connect()) {
      byte[] frame = Peer.frame("{\"type\":\"ping\"}");
      CountDownLatch sent = new CountDownLatch(frame.length);
      AtomicInteger at = new AtomicInteger();
      door.bus.vertx.setPeriodic(
          1000,
          timer -> {
            if (at.get() < frame.length) {
              write(slow, frame[at.getAndIncrement()]);
              sent.countDown();
            }
          });
      int served = 0;
      while (!sent.await(1, TimeUnit.MILLISECONDS)) {
        good.ping();
        served++;
      }
      assertEquals("pong", slow.hear().getString("type"));
      assertTrue(served > 100, "served " + served);
    }
  }

  private static void write(Peer peer, byte one) {
    try {
      peer.raw(new byte[] {one});
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Who does not read is not read from either; what it asked comes when it reads again. */
  @Test
  void whoDoesNotReadStopsItselfAndLosesNothing() throws Exception {
    JsonObject settings = Bridged.open("echo").put("undecidedMax", 4);
    try (Bridged door = new Bridged(directory, settings, Bus.queue("q"));
        Peer peer = new Peer(door.bridge.port(), SMALL_WINDOW_BYTES);
        Peer good = door.connect()) {
      int requests = 500;
      AtomicInteger echoed = new AtomicInteger();
      door.bus
          .vertx
          .eventBus()
          .consumer(
              "echo",
              message -> {
                echoed.incrementAndGet();
                message.reply(message.body());
              });
      CompletableFuture<Void> writer =
          CompletableFuture.runAsync(
              () -> {
                for (int request = 0; request < requests; request++) {
                  say(peer, Peer.send("echo", "r-" + request, BODY));
                }
              });
      Bus.until("it stands still", () -> stoodStill(echoed, good));
      assertTrue(echoed.get() < requests / 2, "echoed " + echoed);
      for (int request = 0; request < requests; request++) {
        assertEquals("r-" + request, peer.hear().getString("address"));
      }
      writer.get(30, TimeUnit.SECONDS);
      peer.ping();
    }
  }

  /** Nothing is echoed while somebody else is served 200 times. */
  private static boolean stoodStill(AtomicInteger echoed, Peer good) {
    int before = echoed.get();
    try {
      for (int ping = 0; ping < 200; ping++) {
        good.ping();
      }
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return before > 10 && echoed.get() == before;
  }

  private static void say(Peer peer, String frame) {
    try {
      peer.say(frame);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** A reader that takes a little now and then makes progress and is kept. */
  @Test
  void whoReadsSlowlyIsKeptAndWhoReadsNothingIsClosed() throws Exception {
    JsonObject settings = Bridged.open("echo").put("unreadMs", 2000);
    try (Bridged door = new Bridged(directory, settings, Bus.queue("q"));
        Peer slow = new Peer(door.bridge.port(), SMALL_WINDOW_BYTES);
        Peer dead = new Peer(door.bridge.port(), SMALL_WINDOW_BYTES)) {
      door.bus.vertx.eventBus().consumer("echo", message -> message.reply(BODY));
      int requests = 250;
      for (int request = 0; request < requests; request++) {
        slow.say(Peer.send("echo", "r", "1"));
        dead.say(Peer.send("echo", "r", "1"));
      }
      CountDownLatch left = new CountDownLatch(requests);
      for (int request = 0; request < requests; request++) {
        slow.hear();
        left.countDown();
        left.await(40, TimeUnit.MILLISECONDS);
      }
      Bus.until("the other is closed", () -> door.bridge.connectionCount() == 1);
      slow.ping();
    }
  }

  /** Answers that were promised in a wait come all at once: past the bound the connection ends. */
  @Test
  void whoIsOwedTooMuchIsClosedAndItsItemsComeBack() throws Exception {
    JsonObject settings =
        new JsonObject().put("unwrittenBytesMax", 100_000).put("overrunBytesMax", 1_000_000);
    try (Bridged door = new Bridged(directory, settings, Bus.queue("q"));
        Peer peer = new Peer(door.bridge.port(), SMALL_WINDOW_BYTES)) {
      int waits = 200;
      for (int wait = 0; wait < waits; wait++) {
        String take = "{\"op\":\"take\",\"consumer\":\"c\",\"waitMs\":25000}";
        peer.say(Peer.send("weir.q.consume", "w", take));
      }
      Bus.until("all wait", () -> door.waiting("consume") == waits);
      for (int item = 0; item < waits; item++) {
        door.bus.ask("weir.q.produce", "{\"op\":\"put\",\"producer\":\"p\",\"body\":" + BODY + "}");
      }
      Bus.until("it is closed", () -> door.bridge.connectionCount() == 0);
      Bus.until("all is back", () -> door.count("ready") == waits);
    }
  }

  /** What is published to somebody who does not read is dropped, and nothing is kept for it. */
  @Test
  void whatIsPublishedToWhoDoesNotReadIsDropped() throws Exception {
    JsonObject settings = Bridged.open("news").put("unwrittenBytesMax", 100_000);
    try (Bridged door = new Bridged(directory, settings, Bus.queue("q"));
        Peer peer = new Peer(door.bridge.port(), SMALL_WINDOW_BYTES);
        Peer good = door.connect()) {
      peer.say("{\"type\":\"register\",\"address\":\"news\"}").ping();
      int published = 1000;
      for (int at = 0; at < published; at++) {
        door.bus.vertx.eventBus().publish("news", BODY);
        good.ping();
      }
      peer.say("{\"type\":\"ping\"}");
      int heard = 0;
      while (peer.hear().getString("type").equals("message")) {
        heard++;
      }
      assertTrue(heard > 0 && heard < published / 2, "heard " + heard);
    }
  }
}
