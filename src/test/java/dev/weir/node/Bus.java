package dev.weir.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.weir.journal.Journal;
import dev.weir.journal.MemoryJournal;
import dev.weir.protocol.Configuration;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** A node on an event bus, and somebody who asks it things one after another. */
public final class Bus implements AutoCloseable {
  private static final long PATIENCE_S = 30;
  private static final long LOOK_NANOS = 1_000_000;

  public final Vertx vertx = vertx();
  private final Path dataDir;
  private String deployment;
  private int verticles = 1;

  /** An event bus on the transport that the shipped jar takes. */
  public static Vertx vertx() {
    return Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
  }

  public Bus(Path dataDir) {
    this.dataDir = dataDir;
  }

  public static Journal memory(
      dev.weir.core.Durability durability,
      int verticle,
      long epoch,
      java.util.concurrent.Executor context) {
    return new MemoryJournal(epoch, context);
  }

  public Bus verticles(int count) {
    verticles = count;
    return this;
  }

  public Bus start(JsonObject... queues) {
    return start(Bus::memory, queues);
  }

  public Bus start(JournalFactory journals, JsonObject... queues) {
    JsonArray all = new JsonArray();
    for (JsonObject queue : queues) {
      all.add(queue);
    }
    JsonObject node =
        new JsonObject()
            .put("dataDir", dataDir.toString())
            .put("stopMs", 5000)
            .put("verticles", verticles);
    JsonObject json = new JsonObject().put("node", node).put("queues", all);
    deployment = await(vertx.deployVerticle(new NodeVerticle(Configuration.parse(json), journals)));
    return this;
  }

  public void stop() {
    await(vertx.undeploy(deployment));
  }

  public static JsonObject queue(String name) {
    return new JsonObject().put("name", name);
  }

  public static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(PATIENCE_S, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException r ? r : new IllegalStateException(e);
    } catch (InterruptedException | TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Waits for something that comes by itself. */
  public static void until(String what, BooleanSupplier condition) {
    until(() -> what, condition);
  }

  /** Waits for a condition; where it was in vain, says how things stood then. */
  public static void until(Supplier<String> what, BooleanSupplier condition) {
    long endNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_S);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > endNanos) {
        throw new AssertionError("waited in vain: " + what.get());
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  public Future<JsonObject> send(String address, Object request) {
    return vertx.eventBus().<JsonObject>request(address, request).map(Message::body);
  }

  public JsonObject ask(String address, String json) {
    return await(send(address, new JsonObject(json)));
  }

  /** The request must fail with this code and word. */
  public void refused(int code, String word, String address, Object request) {
    try {
      fail("was answered: " + await(send(address, request)));
    } catch (ReplyException e) {
      assertEquals(code, e.failureCode(), e.getMessage());
      assertTrue(e.getMessage().startsWith(word + ": "), e.getMessage());
    }
  }

  public JsonObject counts(String queue) {
    return ask("weir." + queue + ".manage", "{\"op\":\"stats\"}").getJsonObject("counts");
  }

  @Override
  public void close() {
    await(vertx.close());
  }
}
