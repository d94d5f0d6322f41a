package dev.weir.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.node.Bus;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Soup from 64 connections at once, and a good client beside them. */
class FuzzTest {
  private static final int FRAMES = Integer.getInteger("weir.fuzz.frames", 10_000);
  private static final int CONNECTIONS = 64;
  private static final int FRAME_BYTES_MAX = 64 * 1024;
  private static final long MIB = 1 << 20;
  private static final long HEAP_SLACK_BYTES = 24 * MIB;

  @TempDir Path directory;

  @Test
  void theDoorStandsWhateverIsThrownAtIt() throws Exception {
    long seed = Long.getLong("weir.fuzz.seed", System.nanoTime());
    System.out.println("bridge fuzz: seed " + seed + ", -Dweir.fuzz.seed repeats it");
    JsonObject settings = new JsonObject().put("frameBytesMax", FRAME_BYTES_MAX);
    Vertx outside = Bus.vertx();
    try (Bridged door =
        new Bridged(
            directory,
            settings,
            Bus.queue("q").put("durability", "memory"),
            Bus.queue("good").put("durability", "memory"))) {
      AtomicBoolean over = new AtomicBoolean();
      try (Peer good = door.connect()) {
        cycle(good, -1);
        long heapBefore = heap();
        CompletableFuture<Long> longestNanos =
            CompletableFuture.supplyAsync(() -> serve(good, over));
        fuzz(outside, door, seed);
        over.set(true);
        long longestMs = longestNanos.get(60, TimeUnit.SECONDS) / 1_000_000;
        System.out.println("bridge fuzz: the good client waited " + longestMs + " ms at most");
        assertTrue(longestMs < 30_000);
        Bus.until("only the good client is left", () -> door.bridge.connectionCount() == 1);
        assertEquals(0, door.bridge.bufferedBytes());
        Bus.until("nobody waits", () -> door.waiting("consume") == 0);
        Bus.until("nothing is leased", () -> door.count("leased") == 0);
        Bus.until("heap returns", () -> heap() < heapBefore + HEAP_SLACK_BYTES);
        cycle(good, -2);
      }
    } finally {
      Bus.await(outside.close());
    }
  }

  private static void fuzz(Vertx outside, Bridged door, long seed) throws Exception {
    AtomicInteger pot = new AtomicInteger(FRAMES);
    List<FuzzPeer> peers = new ArrayList<>();
    List<Future<Void>> runs = new ArrayList<>();
    for (int peer = 0; peer < CONNECTIONS; peer++) {
      peers.add(new FuzzPeer(outside, door.bridge.port(), FRAME_BYTES_MAX, pot, seed + peer));
    }
    CompletableFuture<Void> started = new CompletableFuture<>();
    outside.runOnContext(
        nothing -> {
          peers.forEach(peer -> runs.add(peer.run()));
          started.complete(null);
        });
    started.get(60, TimeUnit.SECONDS);
    Future.all(runs).toCompletionStage().toCompletableFuture().get(300, TimeUnit.SECONDS);
    int pings = peers.stream().mapToInt(FuzzPeer::pings).sum();
    int closes = peers.stream().mapToInt(FuzzPeer::closes).sum();
    System.out.println("bridge fuzz: " + pings + " answered a later ping, " + closes + " closed");
    JsonObject stats = door.bus.ask("weir.q.manage", "{\"op\":\"stats\"}");
    System.out.println("bridge fuzz: the queue counted " + stats.getJsonObject("totals"));
    assertTrue(pings > CONNECTIONS && closes > CONNECTIONS);
    assertTrue(stats.getJsonObject("totals").getLong("taken") > CONNECTIONS);
  }

  private static long heap() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  /** Puts, takes and acks until told to stop; the longest of these, in nanoseconds. */
  private static long serve(Peer good, AtomicBoolean over) {
    long longest = 0;
    for (int value = 0; !over.get(); value++) {
      long begin = System.nanoTime();
      cycle(good, value);
      longest = Math.max(longest, System.nanoTime() - begin);
    }
    return longest;
  }

  private static void cycle(Peer good, int value) {
    try {
      good.ask("weir.good.produce", "{\"op\":\"put\",\"producer\":\"g\",\"body\":" + value + "}");
      JsonObject taken =
          good.ask("weir.good.consume", "{\"op\":\"take\",\"consumer\":\"g\",\"autoAck\":true}");
      assertEquals(value, taken.getJsonArray("items").getJsonObject(0).getInteger("body"));
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
