package dev.weir.bench.dashboard;

import dev.weir.client.QueueClient;
import dev.weir.client.QueueClientOptions;
import dev.weir.client.RetryOptions;
import dev.weir.client.TakeOptions;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * What one viewer of the dashboard costs a node with ten queues: the processor time of the node's
 * JVM with and without a Chromium that looks at queue lab, by turns; and when the page is first
 * painted. The exercise's three producers and two consumers work on lab all the time.
 */
public final class DashboardBench {
  private static final int QUEUES = 10;
  private static final int ROUNDS = 3;
  private static final long ROUND_S = 30;
  private static final long WARM_S = 120;

  /** A queue publishes its figures for 10 s after its last viewer: they belong to neither. */
  private static final long SETTLE_S = 15;

  private static final double TICKS_PER_S = 100;

  private final Random random = new Random(6);
  private final Vertx vertx;

  private DashboardBench(Vertx vertx) {
    this.vertx = vertx;
  }

  public static void main(String[] args) throws Exception {
    System.setProperty("vertx.hazelcast.config", "conf/cluster.xml");
    Path directory = Files.createTempDirectory("weir-bench");
    Path log = directory.resolve("node.log");
    Process node = startNode(directory, log);
    int port = portOf(node, log);
    Vertx vertx =
        Vertx.builder()
            .withClusterManager(new HazelcastClusterManager())
            .buildClustered()
            .toCompletionStage()
            .toCompletableFuture()
            .get(60, TimeUnit.SECONDS);
    try {
      DashboardBench bench = new DashboardBench(vertx);
      bench.startClients();
      bench.measure(node.pid(), "http://127.0.0.1:" + port + "/", directory);
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
      node.destroy();
      node.waitFor(30, TimeUnit.SECONDS);
    }
    System.exit(0);
  }

  private static Process startNode(Path directory, Path log) throws IOException {
    JsonArray queues = new JsonArray().add(new JsonObject().put("name", "lab").put("capacity", 5));
    for (int number = 2; number <= QUEUES; number++) {
      queues.add(new JsonObject().put("name", "queue-" + number));
    }
    JsonObject conf =
        new JsonObject()
            .put("node", new JsonObject().put("dataDir", directory.resolve("data").toString()))
            .put("queues", queues)
            .put("http", new JsonObject().put("port", 0));
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-jar",
            "target/app.jar",
            "-cluster",
            "-conf",
            conf.encode())
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }

  private static int portOf(Process node, Path log) throws Exception {
    while (node.isAlive()) {
      for (String line : Files.readAllLines(log)) {
        if (line.contains("http listening on ")) {
          return Integer.parseInt(line.substring(line.lastIndexOf(':') + 1).trim());
        }
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
    throw new IllegalStateException("the node ended:\n" + Files.readString(log));
  }

  private void startClients() {
    for (int id = 1; id <= 3; id++) {
      produce(client("producer-" + id));
    }
    for (int id = 1; id <= 2; id++) {
      consume(client("consumer-" + id));
    }
  }

  private QueueClient client(String name) {
    return QueueClient.create(vertx, new QueueClientOptions(name, RetryOptions.DEFAULT));
  }

  private void produce(QueueClient producer) {
    JsonObject item = new JsonObject().put("value", 1 + random.nextInt(100));
    vertx.setTimer(
        500 + random.nextInt(1500),
        timer -> producer.put("lab", item).onComplete(done -> produce(producer)));
  }

  private void consume(QueueClient consumer) {
    consumer
        .take("lab", TakeOptions.DEFAULT)
        .onComplete(
            taken ->
                vertx.setTimer(
                    1000 + random.nextInt(2000),
                    timer -> {
                      if (taken.succeeded()) {
                        taken.result().forEach(consumer::ack);
                      }
                      consume(consumer);
                    }));
  }

  private void measure(long pid, String page, Path directory) throws Exception {
    double with = 0;
    double without = 0;
    for (int round = 0; round <= ROUNDS; round++) {
      double watched;
      try (Viewer viewer = new Viewer(vertx, page, directory.resolve("profile-" + round))) {
        TimeUnit.SECONDS.sleep(round == 0 ? WARM_S : SETTLE_S);
        System.out.println("first paint: " + viewer.firstPaint() + "; frames: " + viewer.frames());
        watched = percentOfCore(pid);
      }
      TimeUnit.SECONDS.sleep(SETTLE_S);
      double alone = percentOfCore(pid);
      System.out.printf(
          Locale.ROOT,
          "%s: node with a viewer %.2f %% of a core, without %.2f %%%n",
          round == 0 ? "warming up" : "round " + round,
          watched,
          alone);
      with += round == 0 ? 0 : watched / ROUNDS;
      without += round == 0 ? 0 : alone / ROUNDS;
    }
    System.out.printf(
        Locale.ROOT,
        "one viewer, %d queues: %.2f %% of a core (%.2f %% with, %.2f %% without)%n",
        QUEUES,
        with - without,
        with,
        without);
  }

  private static double percentOfCore(long pid) throws Exception {
    long before = ticks(pid);
    long started = System.nanoTime();
    TimeUnit.SECONDS.sleep(ROUND_S);
    double seconds = (System.nanoTime() - started) / 1e9;
    return 100 * (ticks(pid) - before) / TICKS_PER_S / seconds;
  }

  /** User and system time of the process: fields 14 and 15 of its stat file. */
  private static long ticks(long pid) throws IOException {
    String stat = Files.readString(Path.of("/proc", String.valueOf(pid), "stat"));
    List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" "));
    return Long.parseLong(fields.get(11)) + Long.parseLong(fields.get(12));
  }
}
