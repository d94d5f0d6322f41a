package dev.weir.cli;

import dev.weir.client.Item;
import dev.weir.client.PutOptions;
import dev.weir.client.PutResult;
import dev.weir.client.QueueClient;
import dev.weir.client.QueueClientOptions;
import dev.weir.client.RetryOptions;
import dev.weir.client.TakeOptions;
import dev.weir.journal.MemoryJournal;
import dev.weir.node.NodeVerticle;
import dev.weir.protocol.Configuration;
import dev.weir.protocol.StartFailure;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The exercise in one process: no cluster, no port, producers and consumers around one queue. */
final class Demo {
  private static final long WAIT_MS = 20_000;

  private final DemoOptions options;
  private final Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
  private final Random random = new Random();
  private final List<DemoTally> tallies = new ArrayList<>();
  private volatile boolean over;

  private Demo(DemoOptions options) {
    this.options = options;
  }

  static int run(String[] args) {
    DemoOptions options = DemoOptions.parse(args);
    try {
      Path dataDir = Files.createTempDirectory("weir-demo");
      new Demo(options).run(dataDir);
      delete(dataDir);
      return 0;
    } catch (IOException e) {
      throw StartFailure.canNotServe("the temporary directory can not be used: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 1;
    }
  }

  private static void delete(Path dataDir) throws IOException {
    try (Stream<Path> files = Files.list(dataDir)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(dataDir);
  }

  private void run(Path dataDir) throws InterruptedException {
    JsonObject queue =
        new JsonObject()
            .put("name", "lab")
            .put("capacity", options.capacity())
            .put("durability", "memory");
    JsonObject configuration =
        new JsonObject()
            .put("node", new JsonObject().put("dataDir", dataDir.toString()))
            .put("queues", new JsonArray().add(queue));
    CountDownLatch ended = new CountDownLatch(1);
    CountDownLatch printed = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> awaitTable(ended, printed)));
    vertx
        .deployVerticle(
            new NodeVerticle(
                Configuration.parse(configuration),
                (durability, verticle, epoch, context) -> new MemoryJournal(epoch, context)))
        .onSuccess(id -> startAll())
        .onFailure(cause -> ended.countDown());
    if (options.seconds() > 0) {
      ended.await(options.seconds(), TimeUnit.SECONDS);
    } else {
      ended.await();
    }
    over = true;
    vertx.close().await();
    DemoTally.print(tallies);
    printed.countDown();
  }

  /** Ctrl-C ends the waiting; the process stays until the table is printed. */
  private static void awaitTable(CountDownLatch ended, CountDownLatch printed) {
    ended.countDown();
    try {
      printed.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void startAll() {
    for (int number = 1; number <= options.producers(); number++) {
      DemoTally tally = tally("Producer " + number);
      produce(client("p-" + number), number, tally);
    }
    for (int number = 1; number <= options.consumers(); number++) {
      DemoTally tally = tally("Consumer " + number);
      consume(client("c-" + number), tally);
    }
  }

  private DemoTally tally(String who) {
    DemoTally tally = new DemoTally(who);
    tallies.add(tally);
    return tally;
  }

  private QueueClient client(String name) {
    return QueueClient.create(vertx, new QueueClientOptions(name, RetryOptions.FOR_EVER));
  }

  private void produce(QueueClient client, int number, DemoTally tally) {
    if (over) {
      return;
    }
    JsonObject item =
        new JsonObject().put("producer_id", number).put("value", 1 + random.nextInt(100));
    say(tally, "Sending data: " + item.encode());
    put(
        client,
        item,
        tally,
        System.nanoTime(),
        () -> pause(500, 2000, () -> produce(client, number, tally)));
  }

  private void put(
      QueueClient client, JsonObject item, DemoTally tally, long startedNanos, Runnable next) {
    client
        .put("lab", item, PutOptions.DEFAULT.withWaitMs(WAIT_MS))
        .onSuccess(
            (PutResult result) -> {
              if (result.stored()) {
                tally.waited(System.nanoTime() - startedNanos);
                next.run();
              } else {
                put(client, item, tally, startedNanos, next);
              }
            })
        .onFailure(cause -> failed(tally, cause));
  }

  private void consume(QueueClient client, DemoTally tally) {
    if (over) {
      return;
    }
    long startedNanos = System.nanoTime();
    client
        .take("lab", TakeOptions.DEFAULT.withWaitMs(WAIT_MS))
        .onSuccess(
            items -> {
              for (Item item : items) {
                tally.waited(System.nanoTime() - startedNanos);
                say(tally, "Consumed: " + item.body());
                client.ack(item).onFailure(cause -> failed(tally, cause));
              }
              pause(1000, 3000, () -> consume(client, tally));
            })
        .onFailure(cause -> failed(tally, cause));
  }

  private void failed(DemoTally tally, Throwable cause) {
    if (!over) {
      say(tally, "failed: " + cause.getMessage());
    }
  }

  private void say(DemoTally tally, String line) {
    if (!options.fast()) {
      System.out.println("[" + tally.who() + "] " + line);
    }
  }

  private void pause(int leastMs, int mostMs, Runnable next) {
    if (options.fast()) {
      vertx.runOnContext(nothing -> next.run());
    } else {
      vertx.setTimer(leastMs + random.nextInt(mostMs - leastMs + 1), id -> next.run());
    }
  }
}
