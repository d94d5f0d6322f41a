package dev.weir.bench;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Two JVMs over the clustered bus: put requests of one item beside a bare echo of the same JSON,
 * with 1 and 64 outstanding, by turns in one run. Also the time from the start of a node to its
 * first answer, and what it weighs then.
 */
public final class ClusterBench {
  private static final int ROUNDS = 5;
  private static final long ROUND_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final EventBus bus;

  private ClusterBench(EventBus bus) {
    this.bus = bus;
  }

  /** Runs in the node's JVM beside it: answers with what came. */
  public static final class Echo extends AbstractVerticle {
    @Override
    public void start() {
      vertx.eventBus().<JsonObject>consumer("echo", message -> message.reply(message.body()));
      vertx.deployVerticle(
          new dev.weir.node.NodeVerticle(
              dev.weir.protocol.Configuration.parse(config()),
              (durability, verticle, epoch, context) ->
                  new dev.weir.journal.MemoryJournal(epoch, context)));
    }
  }

  public static void main(String[] args) throws Exception {
    System.setProperty("vertx.hazelcast.config", "conf/cluster.xml");
    Path data = Files.createTempDirectory("weir-bench");
    JsonObject conf =
        new JsonObject()
            .put("node", new JsonObject().put("dataDir", data.toString()))
            .put(
                "queues",
                new JsonArray()
                    .add(
                        new JsonObject()
                            .put("name", "bench")
                            .put("capacity", 100_000_000)
                            .put("capacityBytes", 1L << 36)));
    long started = System.nanoTime();
    Process node =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Dvertx.hazelcast.config=conf/cluster.xml",
                    "-cp",
                    System.getProperty("java.class.path"),
                    "dev.weir.cli.Main",
                    Echo.class.getName(),
                    "-cluster",
                    "-conf",
                    conf.encode()))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      Vertx vertx =
          Vertx.builder()
              .with(new VertxOptions().setPreferNativeTransport(true))
              .withClusterManager(new HazelcastClusterManager())
              .buildClustered()
              .toCompletionStage()
              .toCompletableFuture()
              .get(60, TimeUnit.SECONDS);
      ClusterBench bench = new ClusterBench(vertx.eventBus());
      bench.firstAnswer();
      System.out.printf(
          Locale.ROOT,
          "start of two JVMs to the first answer: %.1f s%n",
          (System.nanoTime() - started) / 1e9);
      for (int outstanding : new int[] {1, 64}) {
        bench.compare(outstanding);
      }
      vertx.close().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    } finally {
      node.destroy();
      node.waitFor(30, TimeUnit.SECONDS);
    }
    System.exit(0);
  }

  private void firstAnswer() throws InterruptedException {
    while (true) {
      try {
        bus.request("weir.bench.manage", new JsonObject().put("op", "stats"))
            .toCompletionStage()
            .toCompletableFuture()
            .get(10, TimeUnit.SECONDS);
        return;
      } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
        TimeUnit.MILLISECONDS.sleep(50);
      }
    }
  }

  private void compare(int outstanding) throws Exception {
    double echo = 0;
    double put = 0;
    for (int round = 0; round <= ROUNDS; round++) {
      double echoNow = perSecond("echo", outstanding);
      double putNow = perSecond("weir.bench.produce", outstanding);
      echo += round == 0 ? 0 : echoNow;
      put += round == 0 ? 0 : putNow;
    }
    System.out.printf(
        Locale.ROOT,
        "%d outstanding: echo %.0f/s, put %.0f/s, echo / put %.2f%n",
        outstanding,
        echo / ROUNDS,
        put / ROUNDS,
        echo / put);
  }

  private double perSecond(String address, int outstanding) throws Exception {
    JsonObject request =
        new JsonObject()
            .put("op", "put")
            .put("producer", "p")
            .put("body", new JsonObject().put("value", 36).put("text", "x".repeat(60)));
    long until = System.nanoTime() + ROUND_NANOS;
    java.util.concurrent.atomic.AtomicLong done = new java.util.concurrent.atomic.AtomicLong();
    java.util.concurrent.CountDownLatch ended =
        new java.util.concurrent.CountDownLatch(outstanding);
    for (int lane = 0; lane < outstanding; lane++) {
      next(address, request, until, done, ended);
    }
    ended.await(60, TimeUnit.SECONDS);
    return done.get() / (ROUND_NANOS / 1e9);
  }

  private void next(
      String address,
      JsonObject request,
      long until,
      java.util.concurrent.atomic.AtomicLong done,
      java.util.concurrent.CountDownLatch ended) {
    bus.request(address, request)
        .onComplete(
            answered -> {
              if (answered.failed() || System.nanoTime() > until) {
                ended.countDown();
              } else {
                done.incrementAndGet();
                next(address, request, until, done, ended);
              }
            });
  }
}
