package dev.weir.bench.socket;

import dev.weir.journal.MemoryJournal;
import dev.weir.node.NodeVerticle;
import dev.weir.protocol.Configuration;
import dev.weir.socket.SocketSettings;
import dev.weir.socket.SocketVerticle;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Three producers and two consumers of the classroom without pauses, and none may lose an item. */
public final class SocketBench {
  private static final int EACH = 50_000;

  /** What the exercise's own server reached without losing any. */
  private static final double ORIGINAL_PER_SECOND = 562;

  private static final int WARM_UP_ROUNDS = 3;
  private static final int ROUNDS = 5;

  private SocketBench() {}

  public static void main(String[] args) throws Exception {
    Files.createDirectories(Path.of("target"));
    Path directory = Files.createTempDirectory(Path.of("target"), "bench-socket");
    Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
    JsonObject queue = new JsonObject().put("name", "lab").put("durability", "memory");
    JsonObject conf =
        new JsonObject()
            .put("node", new JsonObject().put("dataDir", directory.toString()))
            .put("queues", new JsonArray().add(queue));
    NodeVerticle node =
        new NodeVerticle(
            Configuration.parse(conf), (d, verticle, epoch, c) -> new MemoryJournal(epoch, c));
    SocketVerticle door =
        new SocketVerticle(SocketSettings.parse(new JsonObject().put("port", 0)), line -> {});
    vertx.deployVerticle(node).toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    vertx.deployVerticle(door).toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    for (int round = 1 - WARM_UP_ROUNDS; round <= ROUNDS; round++) {
      double rate = round(door.port());
      if (round < 1) {
        continue;
      }
      System.out.printf(
          "round %d: %,.0f items/s, none lost: %.0f times the original%n",
          round, rate, rate / ORIGINAL_PER_SECOND);
    }
    vertx.close().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  private static double round(int port) throws Exception {
    AtomicInteger left = new AtomicInteger(3 * EACH);
    List<Thread> threads = new ArrayList<>();
    long began = System.nanoTime();
    for (int id = 1; id <= 3; id++) {
      int producer = id;
      threads.add(run(() -> produce(port, producer)));
    }
    for (int id = 1; id <= 2; id++) {
      threads.add(run(() -> consume(port, left)));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    if (left.get() != 0) {
      throw new IllegalStateException(left.get() + " items are not accounted for");
    }
    return 3 * EACH / ((System.nanoTime() - began) / 1e9);
  }

  private static Thread run(java.util.concurrent.Callable<Void> work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.call();
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    thread.start();
    return thread;
  }

  private static Void produce(int port, int id) throws Exception {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      for (int value = 0; value < EACH; value++) {
        String item =
            "{\"type\": \"producer\", \"producer_id\": %d, \"value\": %d, \"timestamp\": 1728033830.978511}"
                .formatted(id, value);
        socket.getOutputStream().write(item.getBytes(StandardCharsets.UTF_8));
      }
    }
    return null;
  }

  private static Void consume(int port, AtomicInteger left) throws Exception {
    byte[] request = "{\"type\": \"consumer\"}".getBytes(StandardCharsets.UTF_8);
    byte[] answer = new byte[1024];
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.setTcpNoDelay(true);
      while (left.get() > 0) {
        socket.getOutputStream().write(request);
        int count = socket.getInputStream().read(answer);
        if (count > 0 && answer[0] == '{') {
          left.decrementAndGet();
        }
      }
      socket.getOutputStream().write(request); // acknowledges the last one
      socket.getInputStream().read(answer);
    }
    return null;
  }
}
