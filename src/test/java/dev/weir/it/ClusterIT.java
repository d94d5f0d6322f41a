package dev.weir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.client.Item;
import dev.weir.client.LeaseLostException;
import dev.weir.client.QueueClient;
import dev.weir.client.TakeOptions;
import dev.weir.core.Body;
import dev.weir.core.Command;
import dev.weir.protocol.PutCodec;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real JVMs from the jar, one cluster, and things that die. */
class ClusterIT {
  private static final String QUEUE =
      "{\"queues\":[{\"name\":\"lab\",\"capacity\":5,\"leaseMs\":60000},"
          + "{\"name\":\"mine\",\"durability\":\"memory\"}]}";
  private static final String FAST =
      "{\"id\":%d,\"pauseMs\":{\"min\":1,\"max\":20},\"retry\":{\"maxMs\":500}}";

  @TempDir Path directory;

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(90, TimeUnit.SECONDS);
  }

  @Test
  void clientsGoOnByThemselvesWhenTheNodeIsKilledAndStartedAgain() throws Exception {
    try (Cluster cluster = new Cluster(directory)) {
      Jvm node = cluster.startNode(QUEUE);
      List<Jvm> clients = new ArrayList<>();
      for (int id = 1; id <= 3; id++) {
        clients.add(cluster.start("producer", "-cluster", "-conf", FAST.formatted(id)));
      }
      for (int id = 1; id <= 2; id++) {
        clients.add(cluster.start("consumer", "-cluster", "-conf", FAST.formatted(id)));
      }
      QueueClient client = QueueClient.create(cluster.join());
      assertTrue(await(client.put("mine", "before")).stored());
      Item held = await(client.take("mine", TakeOptions.DEFAULT)).get(0);
      for (Jvm jvm : clients) {
        jvm.await(5, ClusterIT::isProgress);
      }

      node.kill();
      cluster.startNode(QUEUE);

      for (Jvm jvm : clients) {
        jvm.await(progress(jvm) + 10, ClusterIT::isProgress);
      }
      Exception late = assertThrows(ExecutionException.class, () -> await(client.ack(held)));
      assertTrue(late.getCause() instanceof LeaseLostException, "a late ack: " + late);
      assertTrue(await(client.put("mine", "after")).stored());
      Item next = await(client.take("mine", TakeOptions.DEFAULT)).get(0);
      assertEquals("after", next.body());
      assertTrue(next.fence() > held.fence(), "fences rise over restarts, in memory too");
    }
  }

  private static boolean isProgress(String line) {
    return line.contains("Sending data: ") || line.contains("Consumed: ");
  }

  private static int progress(Jvm jvm) {
    return (int) jvm.lines().stream().filter(ClusterIT::isProgress).count();
  }

  @Test
  void whatAKilledConsumerHeldComesBack() throws Exception {
    try (Cluster cluster = new Cluster(directory)) {
      cluster.startNode("{\"queues\":[{\"name\":\"lab\",\"leaseMs\":20000}]}");
      Vertx vertx = cluster.join();
      QueueClient client = QueueClient.create(vertx);
      assertTrue(await(client.put("lab", "work")).stored());
      Jvm holder = cluster.startClass(HoldingVerticle.class, "{\"queue\":\"lab\"}");
      holder.await("holding 1");

      holder.kill();

      List<Item> items = await(client.take("lab", TakeOptions.DEFAULT.withWaitMs(60_000)));
      assertEquals(1L, items.get(0).id());
      assertEquals(2, items.get(0).attempt(), "its attempt counts");
      await(client.ack(items.get(0)));
    }
  }

  @Test
  void whatIsNoJsonIsRefusedByTheQueueItWasSentToOverTheWire() throws Exception {
    try (Cluster cluster = new Cluster(directory)) {
      cluster.startNode("{}");
      Vertx vertx = cluster.join();
      assertTrue(await(QueueClient.create(vertx).put("lab", "good")).stored());
      DeliveryOptions asPut = new DeliveryOptions().setCodecName(PutCodec.NAME);
      for (String body : new String[] {"{no", ""}) {
        Command.PutItem item = new Command.PutItem(Body.of(body), null, 0);
        Command.Put put = new Command.Put("p", 0, null, -1, List.of(item));
        Throwable refused =
            assertThrows(
                    ExecutionException.class,
                    () -> await(vertx.eventBus().request("weir.lab.produce", put, asPut)))
                .getCause();
        assertEquals(
            "bad-request: items[0].body must be the bytes of one JSON value", refused.getMessage());
      }
      assertTrue(await(QueueClient.create(vertx).put("lab", "good again")).stored());
    }
  }

  @Test
  void aSecondOwnerIsRefusedInOneLine() throws Exception {
    try (Cluster cluster = new Cluster(directory)) {
      cluster.startNode("{\"queues\":[{\"name\":\"lab\"}]}");
      Jvm second =
          cluster.start(
              "-cluster",
              "-conf",
              "{\"node\":{\"dataDir\":\"other\"},\"queues\":[{\"name\":\"lab\"}]}");
      assertEquals(1, second.exitCode());
      assertEquals(1, second.lines().size(), second.lines().toString());
      assertTrue(second.lines().get(0).startsWith("queue lab is owned by node "));
      Jvm sameDirectory = cluster.start("-cluster", "-conf", "{\"queues\":[{\"name\":\"b\"}]}");
      assertEquals(1, sameDirectory.exitCode());
      assertEquals(1, sameDirectory.lines().size(), sameDirectory.lines().toString());
      assertTrue(sameDirectory.lines().get(0).contains("is in use by another process"));
    }
  }

  @Test
  void aTerminatedNodeEndsInTimeAndGivesItsQueuesBack() throws Exception {
    try (Cluster cluster = new Cluster(directory)) {
      Jvm first = cluster.startNode(QUEUE);
      first.terminate();
      assertEquals(143, first.exitCode());
      cluster.startNode(QUEUE);
    }
  }
}
