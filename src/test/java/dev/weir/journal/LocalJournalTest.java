package dev.weir.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.sim.SimulatedDisk;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A journal comes back with all that was durable, whatever stopped it. */
class LocalJournalTest {

  /** Full and failing disks are what these tests are about: their warnings are not news. */
  private static final Logger QUIET = Logger.getLogger(LocalJournal.class.getName());

  @BeforeAll
  static void quiet() {
    QUIET.setLevel(Level.OFF);
  }

  private final SimulatedDisk disk = new SimulatedDisk();

  private static String text(int number) {
    return "batch " + number + " " + "x".repeat(number % 90);
  }

  /** Fifty batches over many segments, all durable. */
  private static List<String> fill(SimulatedDisk disk) {
    Rig rig = Rig.opened(disk);
    List<String> written = new ArrayList<>();
    for (int i = 1; i <= 50; i++) {
      rig.appendAll(text(i));
      written.add(rig.lastDurable() + "=" + text(i));
    }
    return written;
  }

  @Test
  void whatWasDurableIsThereAgain() {
    List<String> written = fill(disk);
    disk.crash(new Random(1));
    Rig again = Rig.opened(disk);
    assertEquals(written, again.batches);
    assertEquals(0, again.opened.result().cutBatches());
    assertTrue(disk.list().size() > 4, disk.list().toString());
  }

  @Test
  void positionsAndEpochsGoOn() {
    Rig first = Rig.opened(disk).appendAll("a");
    first.journal.raiseEpoch();
    first.threads.runAll();
    Rig second = Rig.opened(disk);
    assertEquals(first.lastDurable() + 1, second.opened.result().position());
    assertEquals(3, second.opened.result().epoch(), "1, raised to 2, opened anew");
    Rig third = new Rig(disk, new LocalJournal(disk, second.threads.threads(), 1024, null, 90));
    third.opened = third.journal.open(third);
    second.threads.runAll();
    assertEquals(90, third.opened.result().epoch(), "at least what the caller wants");
  }

  @Test
  void aSnapshotReplacesTheLogBeforeIt() {
    Rig rig = Rig.opened(disk);
    for (int i = 1; i <= 50; i++) {
      rig.appendAll(text(i));
    }
    int files = disk.list().size();
    Future<Long> done = rig.checkpoint(rig.lastDurable(), "state ", "in two chunks");
    rig.appendAll("after");
    assertNotNull(done.result());
    assertTrue(disk.list().size() < files, "whole segments before it are gone: " + disk.list());
    Rig again = Rig.opened(disk);
    assertEquals(List.of("state ", "in two chunks"), again.snapshot);
    assertEquals(List.of(rig.lastDurable() + "=after"), again.batches);
  }

  @Test
  void segmentsAreUsedAgainAfterACheckpoint() {
    Rig rig = Rig.opened(disk);
    for (int round = 1; round <= 20; round++) {
      for (int i = 1; i <= 50; i++) {
        rig.appendAll(text(i));
      }
      rig.checkpoint(rig.lastDurable(), "state " + round);
      rig.threads.runAll();
      assertTrue(disk.usedBytes() < 10 * Rig.SEGMENT_BYTES, disk.list().toString());
    }
    Rig again = Rig.opened(disk);
    assertEquals(List.of("state 20"), again.snapshot);
    assertEquals(List.of(), again.batches);
  }

  @Test
  void aBatchMayBeLongerThanASegment() {
    String large = "y".repeat(5 * Rig.SEGMENT_BYTES);
    Rig rig = Rig.opened(disk).appendAll("a", large, "b");
    Rig again = Rig.opened(disk);
    assertEquals(List.of("2=a", "3=" + large, "4=b"), again.batches);
    assertEquals(4, rig.lastDurable());
  }

  /** Whatever step of opening or checkpointing is the last: what was durable stays. */
  @Test
  void aCrashAtAnyStepOfAnOpeningOrACheckpointLosesNothing() {
    List<String> written = fill(disk);
    long stepsInAll = stepsOfOpeningAndCheckpoint(disk.copy());
    for (long step = 0; step < stepsInAll; step++) {
      for (int seed = 0; seed < 5; seed++) {
        SimulatedDisk victim = disk.copy();
        victim.breakAfter(step);
        Rig broken = new Rig(victim).open();
        if (broken.opened.succeeded()) {
          broken.checkpoint(51, written.toArray(String[]::new));
          broken.threads.runAll();
        }
        victim.crash(new Random(seed));
        Rig again = Rig.opened(victim);
        List<String> found = again.snapshot.isEmpty() ? again.batches : again.snapshot;
        assertEquals(written, found, "step " + step + ", seed " + seed);
        assertTrue(again.opened.result().epoch() > 1);
        again.appendAll("later");
        assertEquals(
            1, Rig.opened(victim).batches.stream().filter(b -> b.contains("later")).count());
      }
    }
  }

  private static long stepsOfOpeningAndCheckpoint(SimulatedDisk disk) {
    long before = disk.steps();
    Rig rig = Rig.opened(disk);
    assertTrue(rig.checkpoint(51, "state") != null);
    rig.threads.runAll();
    return disk.steps() - before;
  }

  /** The first opening of all has nothing to fall back on. */
  @Test
  void aCrashAtAnyStepOfTheFirstOpeningLeavesAnEmptyJournal() {
    for (long step = 0; step < 20; step++) {
      for (int seed = 0; seed < 20; seed++) {
        SimulatedDisk victim = new SimulatedDisk();
        victim.breakAfter(step);
        new Rig(victim).open();
        victim.crash(new Random(seed));
        assertEquals(List.of(), Rig.opened(victim).appendAll("a").batches, "step " + step);
        assertEquals(1, Rig.opened(victim).batches.size());
      }
    }
  }

  @Test
  void crashesInTheMiddleOfWritesKeepWhatWasDurableAndNoHoles() {
    for (int seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      SimulatedDisk victim = new SimulatedDisk();
      List<String> sure = new ArrayList<>();
      for (int life = 0; life < 4; life++) {
        Rig rig = Rig.opened(victim);
        assertTrue(
            rig.batches.size() >= sure.size() && rig.batches.subList(0, sure.size()).equals(sure),
            "seed " + seed);
        List<String> appended = new ArrayList<>(rig.batches);
        for (int i = 0; i < 30; i++) {
          String text = text(random.nextInt(90));
          appended.add(rig.append(text) + "=" + text);
          for (int ran = random.nextInt(4); ran > 0; ran--) {
            rig.threads.runOne(random);
          }
        }
        sure = appended.stream().filter(b -> position(b) <= rig.lastDurable()).toList();
        victim.crash(random);
      }
    }
  }

  private static long position(String batch) {
    return Long.parseLong(batch.substring(0, batch.indexOf('=')));
  }

  @Test
  void aFailedFlushIsFinal() {
    Rig rig = Rig.opened(disk).appendAll("a");
    disk.failOnceAfter(1);
    rig.append("lost or not");
    rig.threads.runAll();
    assertEquals(1, rig.down.size());
    assertThrows(IllegalStateException.class, () -> rig.append("b"));
    assertEquals(2, rig.lastDurable());
    rig.close();
    Rig again = Rig.opened(disk);
    assertEquals("2=a", again.batches.get(0));
    assertNull(again.refusal());
  }

  @Test
  void aDiskThatIsFullAtAnyByteLosesNothingThatWasAnswered() {
    for (int more = 0; more < 4 * Rig.SEGMENT_BYTES; more += 56) {
      SimulatedDisk small = new SimulatedDisk();
      Rig rig = Rig.opened(small).appendAll("a");
      small.capacityBytes(small.usedBytes() + more);
      List<String> sure = new ArrayList<>(List.of("2=a"));
      for (int i = 0; rig.down.isEmpty(); i++) {
        long position = rig.append(text(i));
        rig.threads.runAll();
        if (rig.lastDurable() >= position) {
          sure.add(position + "=" + text(i));
        }
      }
      rig.close();
      small.capacityBytes(SimulatedDisk.UNBOUNDED);
      small.crash(new Random(more));
      assertEquals(sure, Rig.opened(small).batches.subList(0, sure.size()), "full after " + more);
    }
  }

  @Test
  void aSnapshotThatDoesNotFitIsAFailureOfTheSnapshotAlone() {
    Rig rig = Rig.opened(disk).appendAll("a");
    disk.capacityBytes(disk.usedBytes() + 200);
    Future<Long> done = rig.checkpoint(2, "z".repeat(500));
    rig.appendAll("b");
    assertTrue(done.failed());
    assertEquals(3, rig.lastDurable());
    assertTrue(disk.list().stream().noneMatch(name -> name.contains("snapshot")), "" + disk.list());
    disk.capacityBytes(SimulatedDisk.UNBOUNDED);
    Future<Long> second = rig.checkpoint(3, "z".repeat(500));
    rig.threads.runAll();
    assertTrue(second.succeeded());
  }

  @Test
  void aSnapshotIsNotPublishedBeforeItsPositionIsDurable() {
    Rig rig = Rig.opened(disk);
    disk.breakAfter(10_000);
    long position = rig.append("a");
    Future<Long> done = rig.checkpoint(position, "state with a");
    Random order = new Random(3);
    while (!done.isComplete()) {
      boolean published = disk.list().stream().anyMatch(name -> name.startsWith("snapshot-"));
      assertTrue(!published || rig.lastDurable() >= position);
      assertTrue(rig.threads.runOne(order));
    }
  }
}
