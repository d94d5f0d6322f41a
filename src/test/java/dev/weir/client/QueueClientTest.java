package dev.weir.client;

import static dev.weir.node.Bus.await;
import static dev.weir.node.Bus.queue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.journal.TapeJournal;
import dev.weir.node.Bus;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.EncodeException;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The client against a real node in the same JVM. */
class QueueClientTest {
  @TempDir Path dataDir;
  private final TapeJournal.Tape tape = new TapeJournal.Tape();
  private Bus bus;
  private QueueClient client;

  @BeforeEach
  void start() {
    bus = new Bus(dataDir);
    client =
        QueueClient.create(
            bus.vertx, new QueueClientOptions("me", new RetryOptions(10, 2, 100, 0.2, 60_000)));
  }

  @AfterEach
  void stop() {
    bus.close();
  }

  private void startNode(JsonObject... queues) {
    bus.start((durability, verticle, epoch, context) -> new TapeJournal(tape, context), queues);
  }

  @Test
  void whatIsPutIsTakenAndDone() {
    startNode(queue("q"));
    PutResult put = await(client.put("q", new JsonObject().put("value", 36)));
    assertTrue(put.stored());
    assertEquals("local", put.receipt().getString("durability"));
    Item item = await(client.take("q", TakeOptions.DEFAULT)).get(0);
    assertEquals(new JsonObject().put("value", 36), item.body());
    await(client.extend(item, 60_000));
    await(client.ack(item));
    assertThrows(LeaseLostException.class, () -> await(client.nack(item, "too late")));
  }

  /** Its neighbours go on, and so does what is put later. */
  @Test
  void whatJsonCanNotSayFailsAlone() {
    startNode(queue("q"));
    Future<PutResult> before = client.put("q", 1);
    Future<PutResult> bad = client.put("q", new JsonObject().put("what", new Object()));
    Future<PutResult> after = client.put("q", java.time.Instant.EPOCH);
    assertThrows(EncodeException.class, () -> await(bad));
    assertTrue(await(before).stored() && await(after).stored());
    Future<PutResult> within = before.compose(put -> client.put("q", new Object()));
    assertThrows(EncodeException.class, () -> await(within));
    assertTrue(await(client.put("q", 2)).stored());
  }

  @Test
  void nullIsAValue() {
    startNode(queue("q"));
    assertTrue(await(client.put("q", null)).stored());
    assertEquals(null, await(client.take("q", TakeOptions.DEFAULT)).get(0).body());
  }

  @Test
  void aBodyIsWhatItWasWhenItWasPut() {
    startNode(queue("q"));
    JsonObject body = new JsonObject().put("value", 1);
    Future<PutResult> put = client.put("q", body);
    body.put("value", 2);
    assertTrue(await(put).stored());
    Item item = await(client.take("q", TakeOptions.DEFAULT)).get(0);
    assertEquals(new JsonObject().put("value", 1), item.body());
  }

  @Test
  void aPutWaitsForANodeThatIsNotThereYet() {
    Future<PutResult> put = client.put("q", 1);
    startNode(queue("q"));
    assertTrue(await(put).stored());
  }

  @Test
  void clientsGoOnOverARestartAndNothingIsStoredTwice() {
    startNode(queue("q").put("capacity", 100_000));
    List<Future<PutResult>> puts = new ArrayList<>();
    for (int value = 0; value < 2000; value++) {
      puts.add(client.put("q", value));
      if (value == 1000) {
        bus.stop();
        startNode(queue("q").put("capacity", 100_000));
      }
    }
    puts.forEach(put -> assertTrue(await(put).stored()));
    for (int next = 0; next < 2000; ) {
      for (Item item : await(client.take("q", TakeOptions.DEFAULT.withMax(500)))) {
        assertEquals(next++, item.body(), "each once, in the order of the calls");
      }
    }
    assertEquals(0, bus.counts("q").getInteger("ready"));
  }

  @Test
  void callsMadeMeanwhileTravelTogether() {
    AtomicInteger requests = new AtomicInteger();
    bus.vertx
        .eventBus()
        .addOutboundInterceptor(
            context -> {
              if (context.message().address().equals("weir.q.produce")) {
                requests.incrementAndGet();
              }
              context.next();
            });
    TapeJournal[] journal = new TapeJournal[1];
    bus.start(
        (durability, verticle, epoch, context) ->
            journal[0] = new TapeJournal(new TapeJournal.Tape(), context),
        queue("q"));
    journal[0].hold();
    List<Future<PutResult>> puts = new ArrayList<>();
    for (int value = 0; value < 500; value++) {
      puts.add(client.put("q", value));
    }
    await(client.queues(new JsonObject().put("op", "list")));
    journal[0].letGo();
    List<Long> ids = puts.stream().map(put -> await(put).ids().get(0)).toList();
    assertEquals(500, ids.stream().distinct().count());
    assertEquals(ids.stream().sorted().toList(), ids);
    assertEquals(
        2, requests.get(), "what was called while the first was on its way, and the first");
  }

  @Test
  void nobodyPaysForARefusedNeighbour() {
    startNode(queue("q").put("itemBytesMax", 20));
    Future<PutResult> first = client.put("q", "first");
    Future<PutResult> good = client.put("q", "good");
    Future<PutResult> bad = client.put("q", "x".repeat(50));
    Future<PutResult> alsoGood = client.put("q", "also good");
    assertTrue(await(first).stored() && await(good).stored() && await(alsoGood).stored());
    assertEquals(413, assertThrows(ReplyException.class, () -> await(bad)).failureCode());
  }

  @Test
  void whatDoesNotFitIsToldToTheRightCalls() {
    startNode(queue("q").put("capacity", 3));
    PutOptions noWait = PutOptions.DEFAULT.withWaitMs(0);
    Future<PutResult> one = client.putAll("q", List.of(1), noWait);
    Future<PutResult> two = client.putAll("q", List.of(2, 3, 4), noWait);
    Future<PutResult> three = client.putAll("q", List.of(5), noWait);
    assertTrue(await(one).stored());
    assertEquals(2, await(two).ids().size());
    assertFalse(await(two).stored());
    assertFalse(await(three).stored());
  }

  private int waiting() {
    return bus.ask("weir.q.manage", "{\"op\":\"stats\"}")
        .getJsonObject("waiting")
        .getInteger("produce");
  }

  @Test
  @Timeout(60)
  void aWaitThatIsAskedForAgainKeepsItsPlace() {
    startNode(queue("q").put("capacity", 1));
    QueueClientOptions impatient =
        new QueueClientOptions("impatient", new RetryOptions(10, 2, 100, 0.2, -1), 300);
    QueueClient first = QueueClient.create(bus.vertx, impatient);
    assertTrue(await(client.put("q", "in")).stored());
    AtomicInteger requests = new AtomicInteger();
    Promise<Void> askedOften = Promise.promise();
    bus.vertx
        .eventBus()
        .addOutboundInterceptor(
            context -> {
              if (context.message().address().equals("weir.q.produce")
                  && requests.incrementAndGet() == 6) {
                askedOften.complete();
              }
              context.next();
            });
    PutOptions patient = PutOptions.DEFAULT.withWaitMs(60_000);
    Future<PutResult> before = first.put("q", "before", patient);
    while (waiting() == 0) {
      Thread.onSpinWait(); // each look is a round trip to the node
    }
    Future<PutResult> behind = client.put("q", "behind", patient);
    await(askedOften.future());
    await(client.ack(await(client.take("q", TakeOptions.DEFAULT)).get(0)));
    assertEquals(2L, await(before).ids().get(0));
    assertFalse(behind.isComplete());
    await(client.ack(await(client.take("q", TakeOptions.DEFAULT)).get(0)));
    assertEquals(3L, await(behind).ids().get(0));
  }

  @Test
  void aHandlersLeaseIsRenewedAndItsFailureGivesTheItemBack() {
    startNode(queue("q").put("retryDelay", new JsonObject().put("firstMs", 1).put("maxMs", 1)));
    await(client.put("q", "slow"));
    Promise<Void> enough = Promise.promise();
    AtomicInteger attempts = new AtomicInteger();
    Promise<Integer> done = Promise.promise();
    Consumption consumption =
        client.consume(
            "q",
            ConsumeOptions.DEFAULT.withLeaseMs(300),
            item -> {
              if (attempts.incrementAndGet() == 1) {
                return Future.failedFuture("not yet");
              }
              item.leaseLost().onSuccess(lost -> done.tryFail("the lease was lost"));
              bus.vertx.setTimer(1500, id -> enough.complete());
              return enough.future().onSuccess(nothing -> done.tryComplete(item.attempt()));
            });
    assertEquals(2, await(done.future()));
    await(consumption.close());
    assertEquals(2, attempts.get());
    JsonObject counts = bus.counts("q");
    assertEquals(0, counts.getInteger("ready") + counts.getInteger("leased"));
  }

  @Test
  void concurrencyBoundsWhatRunsAndClosingWaitsForIt() {
    startNode(queue("q"));
    for (int value = 0; value < 20; value++) {
      await(client.put("q", value));
    }
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    ConcurrentHashMap.KeySetView<Object, Boolean> worked = ConcurrentHashMap.newKeySet();
    Promise<Void> all = Promise.promise();
    Consumption consumption =
        client.consume(
            "q",
            ConsumeOptions.DEFAULT.withConcurrency(3),
            item -> {
              most.accumulateAndGet(running.incrementAndGet(), Math::max);
              Promise<Void> worker = Promise.promise();
              bus.vertx.setTimer(5, id -> worker.complete());
              return worker
                  .future()
                  .onComplete(
                      done -> {
                        running.decrementAndGet();
                        worked.add(item.body());
                        if (worked.size() == 20) {
                          all.tryComplete();
                        }
                      });
            });
    await(all.future());
    await(consumption.close());
    assertEquals(3, most.get());
    JsonObject counts = bus.counts("q");
    assertEquals(0, counts.getInteger("ready") + counts.getInteger("leased"));
  }
}
