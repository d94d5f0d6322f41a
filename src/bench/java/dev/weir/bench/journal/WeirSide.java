package dev.weir.bench.journal;

import dev.weir.client.PutOptions;
import dev.weir.client.QueueClient;
import dev.weir.core.Durability;
import dev.weir.journal.FileDisk;
import dev.weir.journal.JournalThreads;
import dev.weir.journal.LocalJournal;
import dev.weir.journal.MemoryJournal;
import dev.weir.node.NodeVerticle;
import dev.weir.protocol.Configuration;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Puts into a queue in this process, each answered once it was flushed. */
final class WeirSide implements Side {
  private static final JsonObject QUEUE =
      new JsonObject()
          .put("name", "bench")
          .put("capacity", 50_000_000)
          .put("capacityBytes", 20L << 30);
  private final Vertx vertx;
  private final QueueClient coalescing;
  private final Context client;
  private final int eventLoops;
  private final List<JsonObject> bodies;
  private final JsonObject request;
  private final int batch;
  private final boolean local;

  /**
   * @param batch how many items a put has
   * @param coalescing whether puts go through {@link QueueClient}, where they share requests, or
   *     each is a message of its own
   * @param eventLoops 1: client and queue share it; 2: they have one each
   */
  WeirSide(Path directory, boolean local, int batch, boolean coalescing, int eventLoops)
      throws Exception {
    this.vertx =
        Vertx.vertx(
            new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(eventLoops));
    this.eventLoops = eventLoops;
    this.batch = batch;
    this.local = local;
    JsonObject configuration =
        new JsonObject()
            .put("node", new JsonObject().put("dataDir", directory.toString()))
            .put(
                "queues",
                new JsonArray().add(QUEUE.copy().put("durability", local ? "local" : "memory")));
    NodeVerticle node =
        new NodeVerticle(
            Configuration.parse(configuration),
            (durability, verticle, epoch, context) ->
                durability == Durability.MEMORY
                    ? new MemoryJournal(epoch, context)
                    : new LocalJournal(
                        new FileDisk(directory.resolve("journal")),
                        JournalThreads.real("journal", context),
                        LocalJournal.SEGMENT_BYTES,
                        UUID.randomUUID(),
                        epoch));
    vertx.deployVerticle(node).toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    // contexts take turns on the event loops: the node's, the queue's, the client's
    this.client = vertx.getOrCreateContext();
    this.coalescing = coalescing ? clientOn(client) : null;
    JsonObject body = new JsonObject().put("v", "x".repeat(92));
    bodies = Collections.nCopies(batch, body);
    request = new JsonObject().put("op", "put").put("producer", "p");
    if (batch == 1) {
      request.put("body", body);
    } else {
      JsonArray items = new JsonArray();
      bodies.forEach(each -> items.add(new JsonObject().put("body", each)));
      request.put("items", items);
    }
  }

  /** A client lives on the context where it was made. */
  private QueueClient clientOn(Context context) throws Exception {
    CompletableFuture<QueueClient> made = new CompletableFuture<>();
    context.runOnContext(nothing -> made.complete(QueueClient.create(vertx)));
    return made.get();
  }

  @Override
  public String name() {
    return (coalescing != null ? "QueueClient, put" : "put")
        + (batch == 1 ? "" : " of " + batch)
        + (local ? "" : ", memory")
        + (eventLoops == 1 ? ", 1 event loop" : ", 2 event loops");
  }

  @Override
  public boolean takes(int outstanding) {
    return records() * outstanding <= 10_000;
  }

  @Override
  public void run(Runnable beginning) {
    client.runOnContext(nothing -> beginning.run());
  }

  @Override
  public void reset() throws InterruptedException {
    JsonObject purge = new JsonObject().put("op", "purge").put("state", "ready").put("max", 10_000);
    JsonObject answer;
    do {
      answer = ask("manage", purge);
    } while (answer.getInteger("purged") > 0);
  }

  /** Puts batches one after another. */
  void fill(AtomicLong left) throws InterruptedException {
    CountDownLatch full = new CountDownLatch(1);
    run(() -> fillNext(left, full));
    full.await();
  }

  private void fillNext(AtomicLong left, CountDownLatch full) {
    if (left.getAndDecrement() <= 0) {
      full.countDown();
    } else {
      begin(() -> fillNext(left, full));
    }
  }

  JsonObject ask(String role, String request) {
    return ask(role, new JsonObject(request));
  }

  /** Asks and waits. */
  JsonObject ask(String role, JsonObject asked) {
    return vertx
        .eventBus()
        .<JsonObject>request("weir.bench." + role, asked)
        .toCompletionStage()
        .toCompletableFuture()
        .join()
        .body();
  }

  int readyCount() {
    return ask("manage", "{\"op\":\"stats\"}").getJsonObject("counts").getInteger("ready");
  }

  /** Takes a snapshot and tells for how long the only event loop was held at most meanwhile. */
  String checkpoint() {
    JsonObject request = new JsonObject("{\"op\":\"checkpoint\"}");
    JsonObject[] done = new JsonObject[1];
    double idleMs = longestHoldMs(() -> LockSupport.parkNanos(400_000_000));
    long began = System.nanoTime();
    double heldMs = longestHoldMs(() -> done[0] = ask("manage", request));
    return "event loop held for %.1f ms at most (%.1f without), written in %d ms, %d bytes"
        .formatted(
            heldMs, idleMs, (System.nanoTime() - began) / 1_000_000, done[0].getLong("bytes"));
  }

  private double longestHoldMs(Runnable meanwhile) {
    long[] last = {System.nanoTime()};
    long[] longest = {0};
    long timer =
        vertx.setPeriodic(
            1,
            id -> {
              long now = System.nanoTime();
              longest[0] = Math.max(longest[0], now - last[0]);
              last[0] = now;
            });
    meanwhile.run();
    vertx.cancelTimer(timer);
    return longest[0] / 1e6;
  }

  @Override
  public int records() {
    return batch;
  }

  @Override
  public void begin(Runnable done) {
    if (coalescing != null) {
      coalescing
          .putAll("bench", bodies, PutOptions.DEFAULT)
          .onComplete(answer -> stored(answer.result().stored(), done));
      return;
    }
    vertx
        .eventBus()
        .<JsonObject>request("weir.bench.produce", request, new DeliveryOptions())
        .onComplete(
            answer -> {
              JsonObject told = answer.result().body();
              stored("stored".equals(told.getString("status")), done);
            });
  }

  private static void stored(boolean stored, Runnable done) {
    if (!stored) {
      throw new IllegalStateException("not stored");
    }
    done.run();
  }

  @Override
  public void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }
}
