package dev.weir.node;

import static dev.weir.node.Bus.queue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.core.Durability;
import dev.weir.journal.Journal;
import dev.weir.journal.JournalThreads;
import dev.weir.journal.LocalJournal;
import dev.weir.protocol.StartFailure;
import dev.weir.sim.SimulatedDisk;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node whose disks fail, fill up and are damaged. */
class DiskFaultTest {
  private static final String PUT = "{\"op\":\"put\",\"producer\":\"p\",\"body\":\"%s\"}";
  private static final int SEGMENT_BYTES = 4096;

  @TempDir Path dataDir;
  private final Map<Integer, SimulatedDisk> disks = new ConcurrentHashMap<>();
  private Bus bus;

  private Journal journal(Durability durability, int verticle, long epoch, Executor context) {
    SimulatedDisk disk = disks.computeIfAbsent(verticle, number -> new SimulatedDisk());
    return new LocalJournal(
        disk,
        JournalThreads.real("test-" + verticle, context),
        SEGMENT_BYTES,
        UUID.randomUUID(),
        epoch);
  }

  private void start(int verticles, String... names) {
    bus = new Bus(dataDir).verticles(verticles);
    JsonObject[] queues = new JsonObject[names.length];
    for (int i = 0; i < names.length; i++) {
      queues[i] = queue(names[i]);
    }
    bus.start(this::journal, queues);
  }

  @AfterEach
  void stop() {
    bus.close();
  }

  private JsonObject put(String queue, String text) {
    return bus.ask("weir." + queue + ".produce", PUT.formatted(text));
  }

  private JsonObject stats(String queue) {
    return bus.ask("weir." + queue + ".manage", "{\"op\":\"stats\"}");
  }

  /** Puts until one is not answered stored, and says how many were. */
  private int putUntilUnknown(String text) {
    for (int stored = 0; ; stored++) {
      try {
        assertEquals("stored", put("q", text).getString("status"));
      } catch (ReplyException e) {
        assertEquals(504, e.failureCode(), e.getMessage());
        assertTrue(e.getMessage().startsWith("outcome-unknown: "), e.getMessage());
        return stored;
      }
    }
  }

  private void isClosedBecause(String cause) {
    bus.refused(503, "not-ready", "weir.q.produce", new JsonObject(PUT.formatted("more")));
    JsonObject stats = stats("q");
    assertFalse(stats.getBoolean("open"));
    String down = stats.getJsonObject("journal").getString("down");
    assertTrue(down.contains(cause), down);
  }

  @Test
  void theReceiptNamesWhatIsDurable() {
    start(1, "q");
    JsonObject receipt = put("q", "a").getJsonObject("receipt");
    JsonObject journal = stats("q").getJsonObject("journal");
    assertEquals("local", receipt.getString("durability"));
    assertEquals(journal.getLong("epoch"), receipt.getLong("epoch"));
    assertTrue(receipt.getLong("position") <= journal.getLong("durable"), "" + receipt);
    assertEquals(1, receipt.getInteger("copies"));
    assertTrue(journal.getLong("flushes") > 0 && journal.getLong("fileBytes") > 0, "" + journal);
  }

  @Test
  void afterAFailedFlushNothingIsAnsweredUntilARestart() {
    start(1, "q");
    assertEquals("stored", put("q", "a").getString("status"));
    disks.get(0).breakAfter(1);
    assertEquals(0, putUntilUnknown("b"));
    isClosedBecause("simulated disk failed");
    bus.close();
    disks.get(0).mend();
    start(1, "q");
    int ready = bus.counts("q").getInteger("ready");
    assertTrue(ready == 1 || ready == 2, "a, and b whose outcome is unknown: " + ready);
    assertEquals("stored", put("q", "c").getString("status"));
  }

  @Test
  void aFullDiskLosesNothingThatWasAnswered() {
    start(1, "q");
    SimulatedDisk disk = disks.get(0);
    disk.capacityBytes(disk.usedBytes() + SEGMENT_BYTES);
    int stored = putUntilUnknown("x".repeat(200));
    assertTrue(stored > 10, "what was made ready before is used up first: " + stored);
    isClosedBecause("no space left");
    bus.close();
    disk.capacityBytes(SimulatedDisk.UNBOUNDED);
    start(1, "q");
    int ready = bus.counts("q").getInteger("ready");
    assertTrue(ready == stored || ready == stored + 1, ready + " of " + stored);
    assertEquals("stored", put("q", "c").getString("status"));
  }

  @Test
  void aDamagedJournalStaysClosedWhileOthersServe() {
    start(2, "q", "r");
    put("q", "a");
    put("q", "b");
    put("r", "a");
    bus.close();
    damage(disks.get(0));
    start(2, "q", "r");
    isClosedBecause("log-000000000001 at byte");
    assertEquals("stored", put("r", "b").getString("status"));
    assertEquals(2, bus.counts("r").getInteger("ready"));
    assertTrue(stats("r").getBoolean("open"));
  }

  @Test
  void aNodeWithoutAnyJournalDoesNotStart() {
    start(1, "q");
    put("q", "a");
    put("q", "b");
    bus.close();
    damage(disks.get(0));
    StartFailure damaged = assertThrows(StartFailure.class, () -> start(1, "q"));
    assertEquals(1, damaged.exitCode());
    assertTrue(damaged.getMessage().contains("log-000000000001 at byte"), damaged.getMessage());
  }

  @Test
  void aDirectoryThatCanNotBeWrittenIsSaid() {
    SimulatedDisk readOnly = new SimulatedDisk();
    readOnly.breakAfter(0);
    disks.put(0, readOnly);
    StartFailure refused = assertThrows(StartFailure.class, () -> start(1, "q"));
    assertEquals(1, refused.exitCode());
    assertTrue(refused.getMessage().contains("simulated disk failed"), refused.getMessage());
  }

  private static void damage(SimulatedDisk disk) {
    byte[] bytes = disk.bytes("log-000000000001");
    bytes[64 + 32 + 8] ^= 1;
    disk.put("log-000000000001", bytes);
  }

  @Test
  void aCheckpointHoldsEverything() {
    start(1, "q");
    put("q", "a");
    JsonObject done = bus.ask("weir.q.manage", "{\"op\":\"checkpoint\"}");
    assertEquals("done", done.getString("status"));
    assertTrue(done.getLong("bytes") > 64 && done.getLong("position") > 1, "" + done);
    put("q", "b");
    assertEquals(1, stats("q").getJsonObject("journal").getInteger("snapshots"));
    bus.close();
    start(1, "q");
    assertEquals(2, bus.counts("q").getInteger("ready"));
  }
}
