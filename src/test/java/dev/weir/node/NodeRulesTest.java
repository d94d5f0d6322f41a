package dev.weir.node;

import static dev.weir.node.Bus.queue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.protocol.Addresses;
import dev.weir.protocol.StartFailure;
import io.vertx.core.Future;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who owns what, and what happens when that is disputed. */
class NodeRulesTest {
  private static final String PUT = "{\"op\":\"put\",\"producer\":\"p\",\"body\":1}";
  private static final String STATS = "{\"op\":\"stats\"}";

  @TempDir Path dataDir;
  private Bus bus;

  private Bus start(JsonObject... queues) {
    bus = new Bus(dataDir);
    return bus.start(queues);
  }

  @AfterEach
  void stop() {
    bus.close();
  }

  @Test
  void theNodeWithTheOlderRightKeepsAQueueThatTwoServe() {
    start(queue("mine"), queue("disputed"));
    Future<JsonObject> waiting =
        bus.send(
            "weir.disputed.consume",
            new JsonObject("{\"op\":\"take\",\"consumer\":\"c\",\"waitMs\":20000}"));
    assertEquals(0, bus.counts("disputed").getInteger("ready"));
    JsonObject claim = new JsonObject().put("node", "other");
    bus.vertx
        .eventBus()
        .publish(Claims.ADDRESS, claim.put("queues", new JsonObject().put("disputed", 1)));
    ReplyException told = assertThrows(ReplyException.class, () -> Bus.await(waiting));
    assertEquals(503, told.failureCode());
    assertTrue(told.getMessage().startsWith("not-owner: "), told.getMessage());
    assertEquals("stored", bus.ask("weir.mine.produce", PUT).getString("status"));
  }

  /** Verticles open their queues at the same time; the node forgets none of them. */
  @RepeatedTest(100)
  void aNodeKnowsEveryQueueThatItServes() {
    JsonObject[] queues = new JsonObject[4];
    for (int number = 0; number < queues.length; number++) {
      queues[number] = queue("q" + number).put("durability", "memory");
    }
    bus = new Bus(dataDir).verticles(4);
    bus.start(queues);
    assertEquals(4, bus.ask("weir.queues", "{\"op\":\"list\"}").getJsonArray("queues").size());
  }

  @Test
  void aNewerClaimChangesNothing() {
    start(queue("q"));
    JsonObject queues = new JsonObject().put("q", Long.MAX_VALUE);
    bus.vertx
        .eventBus()
        .publish(Claims.ADDRESS, new JsonObject().put("node", "other").put("queues", queues));
    assertEquals("stored", bus.ask("weir.q.produce", PUT).getString("status"));
    assertTrue(Claims.goesFirst(1, "b", 2, "a") && Claims.goesFirst(1, "a", 1, "b"));
  }

  @Test
  void aQueueThatNobodyServesHasNoHandlers() {
    start(queue("q"));
    ReplyException none =
        assertThrows(ReplyException.class, () -> bus.ask("weir.other.produce", PUT));
    assertEquals(ReplyFailure.NO_HANDLERS, none.failureType());
  }

  @Test
  void whoMadeAQueueStandsInItsAudit() {
    start(queue("q"));
    JsonObject create =
        new JsonObject().put("op", "create").put("name", "made").put("by", "an operator");
    DeliveryOptions from = new DeliveryOptions().addHeader(Addresses.FROM_HEADER, "a door");
    for (int again = 0; again < 2; again++) {
      Bus.await(bus.vertx.eventBus().request("weir.queues", create, from));
    }
    JsonArray changes = bus.ask("weir.made.manage", "{\"op\":\"audit\"}").getJsonArray("changes");
    assertEquals(1, changes.size(), changes::encode);
    JsonObject change = changes.getJsonObject(0);
    assertEquals("create", change.getString("op"));
    assertEquals("an operator", change.getString("by"));
    assertEquals("a door", change.getString("from"));
    assertEquals("local", change.getString("detail"));
  }

  @Test
  void aSecondNodeOnTheSameDirectoryIsRefused() {
    start(queue("q"));
    try (Bus second = new Bus(dataDir)) {
      StartFailure failure = assertThrows(StartFailure.class, () -> second.start(queue("r")));
      assertEquals(1, failure.exitCode());
      assertTrue(failure.getMessage().contains("in use"), failure.getMessage());
    }
    assertEquals("stored", bus.ask("weir.q.produce", PUT).getString("status"));
  }

  @Test
  void whatWasCreatedAndConfiguredIsThereAfterARestartAndTheFileWins() {
    start(queue("q").put("capacity", 7));
    bus.ask("weir.queues", "{\"op\":\"create\",\"name\":\"made\",\"settings\":{\"capacity\":9}}");
    bus.ask(
        "weir.q.manage",
        "{\"op\":\"configure\",\"settings\":{\"capacity\":8,\"attemptsMax\":3},\"by\":\"me\"}");
    bus.ask("weir.q.manage", "{\"op\":\"stats\"}");
    bus.close();
    start(queue("q").put("capacity", 7));
    JsonObject settings = bus.ask("weir.q.manage", STATS).getJsonObject("settings");
    assertEquals(7, settings.getInteger("capacity"), "named in the file");
    assertEquals(3, settings.getInteger("attemptsMax"), "configured, and not in the file");
    assertEquals(9, bus.ask("weir.made.manage", STATS).getInteger("capacity"));
  }

  @Test
  void queuesAreSpreadOverVerticlesAndStayWhereTheyAre() {
    bus = new Bus(dataDir).verticles(2);
    bus.start(queue("a"), queue("b"), queue("c"));
    for (String name : new String[] {"a", "b", "c"}) {
      assertEquals("stored", bus.ask("weir." + name + ".produce", PUT).getString("status"));
    }
    bus.close();
    bus = new Bus(dataDir);
    StartFailure failure = assertThrows(StartFailure.class, () -> bus.start(queue("a")));
    assertEquals(2, failure.exitCode());
    assertTrue(failure.getMessage().contains("verticles"), failure.getMessage());
  }

  @Test
  void whoWaitsWithItemsInAlreadyIsToldWhichWhenTheNodeStops() {
    start(queue("q").put("capacity", 1));
    JsonObject put =
        new JsonObject(
            "{\"op\":\"put\",\"producer\":\"p\",\"waitMs\":20000,\"items\":[{\"body\":1},{\"body\":2}]}");
    Future<JsonObject> waiting = bus.send("weir.q.produce", put);
    assertEquals("full", bus.ask("weir.q.produce", PUT).getString("status"));
    bus.stop();
    JsonObject full = Bus.await(waiting);
    assertEquals("full", full.getString("status"));
    assertEquals(1, full.getInteger("stored"));
  }

  @Test
  void aCallerThatIsGoneLeavesTheLineAndItsLeasesEnd() {
    start(queue("q"));
    bus.ask("weir.q.produce", PUT);
    JsonObject take = new JsonObject("{\"op\":\"take\",\"consumer\":\"c\",\"waitMs\":5000}");
    io.vertx.core.eventbus.DeliveryOptions from =
        new io.vertx.core.eventbus.DeliveryOptions().addHeader("weir-from", "node-1/door-7");
    Bus.await(bus.vertx.eventBus().request("weir.q.consume", take, from));
    assertEquals(1, bus.counts("q").getInteger("leased"));
    bus.vertx.eventBus().publish("weir.internal.gone", new JsonObject().put("from", "node-1"));
    JsonObject again =
        bus.ask("weir.q.consume", "{\"op\":\"take\",\"consumer\":\"d\",\"waitMs\":20000}");
    assertEquals(2, again.getJsonArray("items").getJsonObject(0).getInteger("attempt"));
  }

  @Test
  void fencesGoOnWithTheNextEpochWhenOneIsUsedUp() {
    start();
    boolean[] asked = {false};
    EpochFences fences = new EpochFences(() -> asked[0] = true);
    fences.start(100);
    long last = 0;
    Set<Long> few = new HashSet<>();
    while (true) {
      long next = fences.next();
      if (next == 0) {
        break;
      }
      assertTrue(next > last);
      last = next;
      few.add(next >> EpochFences.COUNTER_BITS);
    }
    assertEquals(Set.of(100L), few);
    assertTrue(asked[0], "the next epoch was asked for in time");
    fences.nextEpochIs(101);
    assertTrue(fences.next() > last);
  }
}
