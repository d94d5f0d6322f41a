package dev.weir.it;

import dev.weir.client.Item;
import dev.weir.client.PutOptions;
import dev.weir.client.QueueClient;
import dev.weir.client.QueueClientOptions;
import dev.weir.client.RetryOptions;
import dev.weir.client.TakeOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A node from the jar with its HTTP door, and the exercise's clients at work on its queue lab. */
final class DashboardNode implements AutoCloseable {
  private static final String CONF =
      "{\"queues\":[{\"name\":\"lab\",\"capacity\":5}],"
          + "\"http\":{\"host\":\"127.0.0.1\",\"port\":%d}}";
  private static final long PATIENCE_S = 60;

  final Vertx vertx;
  private final Cluster cluster;
  private final QueueClient client;
  private final Random random = new Random(6);
  private Jvm node;
  private int port;

  DashboardNode(Path directory) throws Exception {
    cluster = new Cluster(directory);
    start();
    vertx = cluster.join();
    client = QueueClient.create(vertx);
    for (int id = 1; id <= 3; id++) {
      produce(named("producer-" + id), id);
    }
    for (int id = 1; id <= 2; id++) {
      consume(named("consumer-" + id));
    }
  }

  /** Starts it, on the port it had before. */
  void start() throws IOException, InterruptedException {
    node = cluster.startNode(CONF.formatted(port));
    String line = node.await("http listening on ");
    port = Integer.parseInt(line.substring(line.lastIndexOf(':') + 1).trim());
  }

  void stop() throws InterruptedException {
    node.terminate();
    node.exitCode();
  }

  String origin() {
    return "http://127.0.0.1:" + port;
  }

  /** The page, at one queue. */
  String page(String queue) {
    return origin() + "/#/" + queue;
  }

  private QueueClient named(String name) {
    return QueueClient.create(vertx, new QueueClientOptions(name, RetryOptions.DEFAULT));
  }

  private void produce(QueueClient producer, int id) {
    vertx.setTimer(
        pauseMs(500, 2000),
        timer ->
            producer
                .put("lab", new JsonObject().put("value", 1 + random.nextInt(100)).put("by", id))
                .onComplete(done -> produce(producer, id)));
  }

  private void consume(QueueClient consumer) {
    consumer
        .take("lab", TakeOptions.DEFAULT)
        .onComplete(
            taken ->
                vertx.setTimer(
                    pauseMs(1000, 3000),
                    timer -> {
                      if (taken.succeeded()) {
                        taken.result().forEach(consumer::ack);
                      }
                      consume(consumer);
                    }));
  }

  private synchronized long pauseMs(int from, int to) {
    return from + random.nextInt(to - from);
  }

  void create(String queue, JsonObject settings) {
    await(
        client.queues(
            new JsonObject().put("op", "create").put("name", queue).put("settings", settings)));
  }

  void delete(String queue) {
    await(
        client.queues(new JsonObject().put("op", "delete").put("name", queue).put("force", true)));
  }

  void put(String queue, int count) {
    for (int value = 1; value <= count; value++) {
      await(client.put(queue, new JsonObject().put("value", value), PutOptions.DEFAULT));
    }
  }

  /** Takes the next item and buries it. */
  void bury(String queue, String reason) {
    List<Item> items = await(client.take(queue, TakeOptions.DEFAULT));
    await(client.bury(items.get(0), reason));
  }

  JsonObject stats(String queue) {
    return await(client.manage(queue, new JsonObject().put("op", "stats")));
  }

  static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(PATIENCE_S, TimeUnit.SECONDS);
    } catch (ExecutionException | InterruptedException | TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    cluster.close();
  }
}
