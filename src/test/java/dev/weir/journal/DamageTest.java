package dev.weir.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.sim.SimulatedDisk;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a crash leaves is cut and counted; anything else keeps the journal closed, untouched. */
class DamageTest {
  private final SimulatedDisk disk = new SimulatedDisk();
  private List<String> written;

  /** Batches 2 to 31 in a few segments, a snapshot at 12, and the epoch's record at 1. */
  @BeforeEach
  void write() {
    Rig rig = Rig.opened(disk);
    for (int i = 2; i <= 31; i++) {
      rig.appendAll("batch number " + i + " of thirty");
      if (i == 12) {
        rig.checkpoint(12, "everything up to 12", "in two chunks");
        rig.threads.runAll();
      }
    }
    written = Rig.opened(disk.copy()).batches;
    assertEquals(19, written.size());
  }

  private static String lastSegment(SimulatedDisk disk) {
    List<String> logs = disk.list().stream().filter(name -> name.startsWith("log-")).toList();
    return logs.get(logs.size() - 2);
  }

  /** The frames of a segment, as far as they are good. */
  private static List<Frame> frames(SimulatedDisk disk, String name) {
    ByteBuffer bytes = ByteBuffer.wrap(disk.bytes(name)).order(ByteOrder.LITTLE_ENDIAN);
    byte[] salt = SegmentHeader.read(bytes, name).salt();
    List<Frame> frames = new ArrayList<>();
    Frame frame = Frame.read(bytes, SegmentHeader.BYTES, salt);
    while (frame != null) {
      frames.add(frame);
      frame = Frame.read(bytes, frame.end(), salt);
    }
    return frames;
  }

  private static Frame lastFrame(SimulatedDisk disk) {
    List<Frame> frames = frames(disk, lastSegment(disk));
    return frames.get(frames.size() - 1);
  }

  private void cutTo(SimulatedDisk victim, int bytes, boolean keepLength, boolean expectCut) {
    String name = lastSegment(victim);
    byte[] all = victim.bytes(name);
    byte[] part = Arrays.copyOf(all, bytes);
    victim.put(name, keepLength ? Arrays.copyOf(part, all.length) : part);
    Rig rig = Rig.opened(victim);
    assertEquals(written.subList(0, 18), rig.batches, "cut at byte " + bytes);
    assertEquals(expectCut ? 1 : 0, rig.opened.result().cutBatches(), "cut at byte " + bytes);
    assertEquals(expectCut, rig.opened.result().cutBytes() > 0, "cut at byte " + bytes);
    rig.appendAll("later");
    List<String> after = new ArrayList<>(written.subList(0, 18));
    after.add(rig.lastDurable() + "=later");
    assertEquals(after, Rig.opened(victim).batches);
  }

  @Test
  void aTailTornAtAnyByteIsCutAndCounted() {
    Frame last = lastFrame(disk);
    for (int at = last.at(); at < last.end(); at++) {
      cutTo(disk.copy(), at, false, at > last.at());
      if (at < last.eventsAt() + last.length()) {
        cutTo(disk.copy(), at, true, at > last.at());
      }
    }
  }

  /** Two batches in one write, of which the first did not reach the disk. */
  @Test
  void ofTwoUnflushedBatchesOnlyTheSecondReachedTheDisk() {
    Rig rig = Rig.opened(disk);
    rig.append("first of two");
    rig.append("second of two");
    rig.threads.runAll();
    Frame second = lastFrame(disk);
    Frame first = frames(disk, lastSegment(disk)).get(frames(disk, lastSegment(disk)).size() - 2);
    assertEquals(first.flushedUpTo(), second.flushedUpTo());
    byte[] bytes = disk.bytes(lastSegment(disk));
    Arrays.fill(bytes, first.at(), first.end(), (byte) 0);
    disk.put(lastSegment(disk), bytes);
    Rig again = Rig.opened(disk);
    assertEquals(written, again.batches);
    assertEquals(1, again.opened.result().cutBatches());
    again.appendAll("first of two");
    assertEquals(20, Rig.opened(disk).batches.size(), "the cut one does not come back");
  }

  /** The first of them was as long as the record of the new epoch that takes its place. */
  @Test
  void aCutBatchDoesNotFitBehindWhatIsWrittenInstead() {
    Rig rig = Rig.opened(disk);
    rig.journal.raiseEpoch();
    rig.append("never flushed");
    rig.threads.runAll();
    List<Frame> frames = frames(disk, lastSegment(disk));
    Frame first = frames.get(frames.size() - 2);
    byte[] bytes = disk.bytes(lastSegment(disk));
    Arrays.fill(bytes, first.at(), first.end(), (byte) 0);
    disk.put(lastSegment(disk), bytes);
    assertEquals(written, Rig.opened(disk).batches);
    assertEquals(written, Rig.opened(disk).batches, "and not the next time either");
  }

  /** Opens nothing, names the file, changes nothing. */
  private static void refuses(SimulatedDisk victim, String named) {
    SimulatedDisk before = victim.copy();
    long steps = victim.steps();
    Rig rig = new Rig(victim).open();
    assertTrue(rig.opened.failed(), "opened in spite of " + named);
    assertTrue(rig.opened.cause() instanceof JournalDamagedException, "" + rig.opened.cause());
    assertTrue(rig.refusal().contains(named), rig.refusal());
    assertTrue(rig.refusal().contains("byte") || rig.refusal().contains("missing"), rig.refusal());
    assertEquals(steps, victim.steps(), "nothing was changed");
    for (String name : before.list()) {
      assertTrue(Arrays.equals(before.bytes(name), victim.bytes(name)), name);
    }
  }

  @Test
  void aFlippedBitInAnyFlushedBatchIsNamed() {
    for (String name : disk.list()) {
      for (Frame frame : name.startsWith("log-") ? frames(disk, name) : List.<Frame>of()) {
        if (frame.position() == 31) {
          continue;
        }
        for (int at = frame.at(); at < frame.end(); at++) {
          SimulatedDisk victim = disk.copy();
          byte[] bytes = victim.bytes(name);
          bytes[at] ^= (byte) (1 << at % 8);
          victim.put(name, bytes);
          refuses(victim, name + " at byte " + frame.at());
        }
      }
    }
  }

  @Test
  void aFlippedBitInAHeaderOrASnapshotIsNamed() {
    for (String name : disk.list()) {
      boolean snapshot = name.startsWith("snapshot-");
      int end = snapshot ? disk.bytes(name).length : 36;
      for (int at = 0; at < end; at++) {
        if (snapshot && at >= 44 && at < 64) {
          continue;
        }
        SimulatedDisk victim = disk.copy();
        byte[] bytes = victim.bytes(name);
        bytes[at] ^= (byte) (1 << at % 8);
        victim.put(name, bytes);
        refuses(victim, name);
      }
    }
  }

  /** The last batch is what nothing later vouches for: a crash may have done that. */
  @Test
  void aFlippedBitInTheLastBatchIsTakenForATornTail() {
    Frame last = lastFrame(disk);
    for (int at = last.at(); at < last.end(); at++) {
      SimulatedDisk victim = disk.copy();
      byte[] bytes = victim.bytes(lastSegment(victim));
      bytes[at] ^= (byte) (1 << at % 8);
      victim.put(lastSegment(victim), bytes);
      Rig rig = Rig.opened(victim);
      assertEquals(written.subList(0, 18), rig.batches);
    }
  }

  @Test
  void aMissingFileIsNamed() {
    List<String> logs = disk.list().stream().filter(name -> name.startsWith("log-")).toList();
    for (String name : logs.subList(0, logs.size() - 1)) {
      SimulatedDisk victim = disk.copy();
      victim.remove(name);
      refuses(victim, name);
    }
  }

  @Test
  void withoutItsSnapshotTheLogIsNotEnough() {
    Rig rig = Rig.opened(disk);
    rig.checkpoint(rig.lastDurable(), "everything");
    rig.threads.runAll();
    disk.list().stream().filter(name -> name.startsWith("snapshot-")).forEach(disk::remove);
    refuses(disk, "log-");
  }

  @Test
  void anUnknownVersionIsNamed() {
    for (String name : disk.list()) {
      SimulatedDisk victim = disk.copy();
      byte[] bytes = victim.bytes(name);
      bytes[7] = 2;
      victim.put(name, bytes);
      refuses(victim, name + " at byte 7: version 2");
    }
  }

  @Test
  void aSegmentOfAnotherJournalIsNamed() {
    SimulatedDisk other = new SimulatedDisk();
    Rig stranger = new Rig(other);
    Journal journal =
        new LocalJournal(
            other, stranger.threads.threads(), Rig.SEGMENT_BYTES, new java.util.UUID(1, 2), 1);
    assertNotNull(journal.open(stranger));
    stranger.threads.runAll();
    String name = lastSegment(disk);
    byte[] foreign = other.bytes("log-000000000001");
    ByteBuffer.wrap(foreign).order(ByteOrder.LITTLE_ENDIAN);
    disk.put(name, foreign);
    refuses(disk, name);
  }

  /** Somebody puts the image of a batch into an item: it never passes for one. */
  @Test
  void whatLooksLikeABatchInsideAnItemIsNone() {
    ByteBuffer fake = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
    Frame.write(
        fake, new byte[24], 33, 9, 32, "forged".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    Rig rig = Rig.opened(disk);
    rig.journal.append(
        io.vertx.core.buffer.Buffer.buffer(Arrays.copyOf(fake.array(), fake.position())));
    rig.threads.runAll();
    Frame last = lastFrame(disk);
    byte[] bytes = disk.bytes(lastSegment(disk));
    bytes[last.at()] ^= 1;
    disk.put(lastSegment(disk), bytes);
    assertNull(new Rig(disk).open().refusal());
  }

  @Test
  void anEmptyDirectoryIsANewJournal() {
    SimulatedDisk fresh = new SimulatedDisk();
    fresh.crash(new Random(0));
    assertEquals(1, Rig.opened(fresh).opened.result().position());
  }
}
