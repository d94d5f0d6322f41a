package dev.weir.bench.http;

import dev.weir.http.HttpSettings;
import dev.weir.http.HttpVerticle;
import dev.weir.journal.FileDisk;
import dev.weir.journal.JournalThreads;
import dev.weir.journal.LocalJournal;
import dev.weir.journal.MemoryJournal;
import dev.weir.node.NodeVerticle;
import dev.weir.protocol.Configuration;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.BodyHandler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Puts over HTTP beside a bare Vert.x Web route that echoes the same JSON: 64 connections that are
 * kept alive, one request under way on each, by turns in one run. The client writes ready-made
 * bytes and hardly looks at what comes back, so that the servers are what is measured.
 */
public final class HttpBench {
  private static final int CONNECTIONS = 64;
  private static final int ROUNDS = 5;
  private static final int WARM_UP_ROUNDS = 3;
  private static final long ROUND_MS = 3000;
  private static final String BODY =
      "{\"producer\":\"p-1\",\"body\":{\"stamp\":1234567890123,\"text\":\""
          + "x".repeat(60)
          + "\"}}";

  private HttpBench() {}

  public static void main(String[] args) throws Exception {
    Files.createDirectories(Path.of("target"));
    Path directory = Files.createTempDirectory(Path.of("target"), "bench-http");
    Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
    await(vertx.deployVerticle(node(directory)));
    HttpVerticle door = new HttpVerticle(HttpSettings.parse(new JsonObject().put("port", 0)));
    await(vertx.deployVerticle(door));
    int bare = bareRoute(vertx);
    HttpLoad load = new HttpLoad(CONNECTIONS, BODY);
    double[] best = new double[3];
    for (int round = 1 - WARM_UP_ROUNDS; round <= ROUNDS; round++) {
      double echo = load.perSecond(bare, "/echo", ROUND_MS);
      double memory = load.perSecond(door.port(), "/api/queues/memory/items", ROUND_MS);
      double local = load.perSecond(door.port(), "/api/queues/local/items", ROUND_MS);
      purge(vertx);
      if (round < 1) {
        continue;
      }
      System.out.printf(
          "round %d: bare echo %,.0f/s; put to memory %.2f, to local (flushed) %.2f of that%n",
          round, echo, memory / echo, local / echo);
      best[0] += echo;
      best[1] += memory;
      best[2] += local;
    }
    System.out.printf(
        "all rounds: put / echo with %d connections: memory %.2f, local %.2f (goal 0.50)%n",
        CONNECTIONS, best[1] / best[0], best[2] / best[0]);
    await(vertx.close());
  }

  /** What piled up would be the garbage collector's work in the next round. */
  private static void purge(Vertx vertx) throws Exception {
    for (String queue : new String[] {"memory", "local"}) {
      JsonObject purge = new JsonObject().put("op", "purge").put("state", "ready");
      int purged = 1;
      while (purged > 0) {
        Future<Message<JsonObject>> answer =
            vertx.eventBus().request("weir." + queue + ".manage", purge);
        purged = await(answer).body().getInteger("purged");
      }
    }
  }

  private static NodeVerticle node(Path directory) {
    JsonArray queues = new JsonArray();
    for (String durability : new String[] {"memory", "local"}) {
      queues.add(
          new JsonObject()
              .put("name", durability)
              .put("durability", durability)
              .put("capacity", 100_000_000)
              .put("capacityBytes", 1L << 40));
    }
    JsonObject conf =
        new JsonObject()
            .put("node", new JsonObject().put("dataDir", directory.toString()))
            .put("queues", queues);
    return new NodeVerticle(
        Configuration.parse(conf),
        (durability, verticle, epoch, context) ->
            durability.word.equals("memory")
                ? new MemoryJournal(epoch, context)
                : new LocalJournal(
                    new FileDisk(directory.resolve("journal-" + verticle)),
                    JournalThreads.real("journal", context),
                    LocalJournal.SEGMENT_BYTES,
                    UUID.randomUUID(),
                    epoch));
  }

  private static int bareRoute(Vertx vertx) throws Exception {
    Router router = Router.router(vertx);
    router
        .post("/echo")
        .handler(BodyHandler.create(false))
        .handler(request -> request.json(request.body().asJsonObject()));
    HttpServer server =
        await(vertx.createHttpServer().requestHandler(router).listen(0, "127.0.0.1"));
    return server.actualPort();
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }
}
