package dev.weir.node;

import static dev.weir.node.Bus.queue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.journal.TapeJournal;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No answer leaves and no item is handed out before the journal says so. */
class ReplyBarrierTest {
  private static final String PUT = "{\"op\":\"put\",\"producer\":\"p\",\"body\":%d}";
  private static final String TAKE = "{\"op\":\"take\",\"consumer\":\"c\",\"waitMs\":%d}";

  @TempDir Path dataDir;
  private final TapeJournal.Tape tape = new TapeJournal.Tape();
  private final AtomicReference<TapeJournal> journal = new AtomicReference<>();
  private Bus bus;

  private Bus start() {
    bus = new Bus(dataDir);
    return bus.start(
        (durability, verticle, epoch, context) -> {
          journal.set(new TapeJournal(tape, context));
          return journal.get();
        },
        queue("q").put("capacity", 3));
  }

  @AfterEach
  void stop() {
    bus.close();
  }

  private Future<JsonObject> put(int value) {
    return bus.send("weir.q.produce", new JsonObject(PUT.formatted(value)));
  }

  private JsonObject take(int waitMs) {
    return bus.ask("weir.q.consume", TAKE.formatted(waitMs));
  }

  @Test
  void nothingLeavesBeforeTheFlush() {
    start();
    journal.get().hold();
    Future<JsonObject> stored = put(1);
    assertEquals("empty", take(0).getString("status"), "not handed out before it is flushed");
    assertFalse(stored.isComplete(), "not answered before it is flushed");
    journal.get().letGo();
    assertEquals("stored", Bus.await(stored).getString("status"));
    assertEquals("taken", take(5000).getString("status"));
  }

  @Test
  void aFailedJournalMeans504ForWhatWasTakenInAnd503ForWhatComes() {
    start();
    journal.get().hold();
    Future<JsonObject> takenIn = put(1);
    assertEquals("empty", take(0).getString("status"));
    journal.get().fail(new IllegalStateException("the disk is gone"));
    bus.refused(503, "not-ready", "weir.q.produce", new JsonObject(PUT.formatted(2)));
    assertTrue(takenIn.failed() && takenIn.cause().getMessage().startsWith("outcome-unknown: "));
    JsonObject stats = bus.ask("weir.q.manage", "{\"op\":\"stats\"}");
    assertEquals(false, stats.getBoolean("open"));
    assertTrue(stats.getJsonObject("journal").getString("down").contains("the disk is gone"));
  }

  @Test
  void whatWasStoredIsThereAfterARestartAndOldFencesAreRefused() {
    start();
    Bus.await(put(1));
    Bus.await(put(2));
    JsonObject first = take(5000).getJsonArray("items").getJsonObject(0);
    Bus.await(put(3));
    bus.close();
    start();
    assertEquals(1, bus.counts("q").getInteger("leased"), "a lease survives");
    JsonObject second = take(5000).getJsonArray("items").getJsonObject(0);
    assertEquals(2L, second.getLong("id"));
    assertTrue(second.getLong("fence") > first.getLong("fence"), "fences rise over restarts");
    JsonObject ack =
        bus.ask(
            "weir.q.consume",
            "{\"op\":\"ack\",\"consumer\":\"c\",\"leases\":[{\"id\":2,\"fence\":%d},{\"id\":1,\"fence\":%d}]}"
                .formatted(first.getLong("fence"), first.getLong("fence")));
    assertEquals(1L, ack.getJsonArray("done").getLong(0));
    assertEquals("lease-lost", ack.getJsonArray("refused").getJsonObject(0).getString("reason"));
  }

  @Test
  void aNodeThatStopsTellsThoseWhoWait() {
    start();
    Future<JsonObject> waiting = bus.send("weir.q.consume", new JsonObject(TAKE.formatted(20_000)));
    assertEquals(0, bus.counts("q").getInteger("ready"));
    bus.stop();
    assertTrue(Bus.await(waiting.otherwiseEmpty()) == null);
    assertTrue(waiting.cause().getMessage().startsWith("stopping: "), "" + waiting.cause());
  }
}
