package dev.weir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real node killed with -9 again and again while clients work at full speed: nothing stored is
 * lost, nothing acked comes back. {@code -Dweir.kills=N}, {@code -Dweir.seed=N}.
 */
class KillLoopIT {
  private static final String CONF =
      "{\"queues\":[{\"name\":\"kill\",\"capacity\":%d,\"leaseMs\":3000,\"attemptsMax\":1000000}]}"
          .formatted(KillClients.CAPACITY);
  private static final long PATIENCE_S = 120;

  @TempDir Path directory;
  private Vertx vertx;
  private KillClients clients;

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(PATIENCE_S, TimeUnit.SECONDS);
  }

  /** Returns once the condition holds. */
  private void until(BooleanSupplier condition) throws Exception {
    Promise<Void> holds = Promise.promise();
    long timer =
        vertx.setPeriodic(
            5,
            id -> {
              if (condition.getAsBoolean()) {
                holds.tryComplete();
              }
            });
    await(holds.future());
    vertx.cancelTimer(timer);
  }

  private void forMs(int ms) throws Exception {
    Promise<Void> over = Promise.promise();
    vertx.setTimer(Math.max(1, ms), id -> over.complete());
    await(over.future());
  }

  @Test
  void nothingIsLostAndNothingComesBack() throws Exception {
    int kills = Integer.getInteger("weir.kills", 20);
    long seed = Long.getLong("weir.seed", System.nanoTime());
    System.out.println("kill loop: " + kills + " kills, -Dweir.seed=" + seed);
    Random random = new Random(seed);
    try (Cluster cluster = new Cluster(directory)) {
      Cluster.Place place = cluster.place();
      vertx = cluster.join();
      Jvm node = place.startNode(CONF);
      clients = new KillClients(seed);
      await(vertx.deployVerticle(clients));
      for (int kill = 0; kill < kills; kill++) {
        workForAWhile(random);
        node.kill();
        if (random.nextInt(4) == 0) {
          Jvm hasty = place.start(CONF);
          forMs(random.nextInt(5000));
          hasty.kill();
        }
        node = place.startNode(CONF);
      }
      finish();
      System.out.println("kill loop: " + clients.checker);
      assertEquals(List.of(), clients.checker.findings(), "-Dweir.seed=" + seed);
      assertTrue(clients.acked() > 20 * kills, clients.checker.toString());
      node.terminate();
      assertEquals(143, node.exitCode());
      Jvm verify = new Jvm(directory, List.of("-jar", Cluster.JAR.toString(), "verify"));
      assertEquals(0, verify.exitCode(), verify.lines().toString());
    }
  }

  /** Until so many acks more, and sometimes with a snapshot on its way. */
  private void workForAWhile(Random random) throws Exception {
    int enough = clients.acked() + 20 + random.nextInt(1000);
    until(() -> clients.acked() >= enough);
    if (random.nextInt(3) == 0) {
      clients.checkpoint();
      forMs(random.nextInt(20));
    }
  }

  private void finish() throws Exception {
    clients.finish();
    until(clients::producersAreDone);
    long left = 1;
    while (left > 0) {
      int before = clients.acked();
      left = await(clients.left());
      if (left > 0) {
        until(() -> clients.acked() > before);
      }
    }
    clients.checker.drained();
  }
}
