package dev.weir.journal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weir.core.Body;
import dev.weir.core.Event;
import dev.weir.core.ItemState;
import dev.weir.core.LeaseRef;
import dev.weir.core.Limit;
import dev.weir.core.QueueState;
import dev.weir.core.Settings;
import dev.weir.sim.SimulatedDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Version 1 of the format, byte by byte: what it wrote once is read for ever. A new version gets
 * files of its own beside these, made with {@code -Dweir.golden=write}.
 */
class GoldenFilesTest {
  private static final Path GOLDEN = Path.of("src/test/resources/journal-1");
  private static final Settings SETTINGS = Settings.DEFAULT.with(Limit.CAPACITY, 10);

  private static Event.NewItem item(long id, long seq, String key, long dueAtMs) {
    return new Event.NewItem(id, seq, key, dueAtMs, Body.of("{\"n\":" + id + ",\"ü\":\"€\"}"));
  }

  /** Every kind of event, each with whatever may be absent once there and once not. */
  private static final List<Event> EVENTS =
      List.of(
          new Event.Configured(1_000_000, SETTINGS),
          new Event.ItemsStored(
              1_000_001, "p-1", "s", List.of(item(1, 17, "k", 0), item(2, 18, null, 0))),
          new Event.ItemsStored(
              1_000_002,
              "p-2",
              null,
              List.of(item(4, -1, null, 0), item(5, -1, null, 2_000_000), item(6, -1, null, 0))),
          new Event.ItemsLeased(
              1_000_003,
              "c",
              "node/door-1",
              1_030_000,
              List.of(new LeaseRef(1, 4_194_305), new LeaseRef(2, 4_194_306))),
          new Event.ItemsLeased(
              1_000_004,
              "c",
              null,
              1_030_000,
              List.of(new LeaseRef(4, 4_194_307), new LeaseRef(6, 4_194_308))),
          new Event.LeasesExtended(1_000_005, 1_060_000, List.of(new LeaseRef(4, 4_194_307))),
          new Event.LeasesAcked(1_000_006, List.of(new LeaseRef(1, 4_194_305))),
          new Event.LeaseReturned(
              1_000_007,
              new LeaseRef(2, 4_194_306),
              true,
              "downstream 503",
              Event.Fate.DELAYED,
              1_000_500),
          new Event.LeaseReturned(
              1_000_008, new LeaseRef(6, 4_194_308), true, null, Event.Fate.DEAD, 0),
          new Event.ItemKicked(1_000_009, 6),
          new Event.ItemsPurged(1_000_010, ItemState.DELAYED, List.of(5L)),
          new Event.SidesPaused(1_000_011, true, false),
          new Event.Audited(1_000_012, "pause", "ops", null, "{\"side\":\"produce\"}", 1));

  /** A journal with all of them, a snapshot in the middle. */
  private static SimulatedDisk written() {
    SimulatedDisk disk = new SimulatedDisk();
    Rig rig = Rig.opened(disk);
    QueueState state = new QueueState(SETTINGS);
    for (int i = 0; i < EVENTS.size(); i++) {
      EventWriter writer = new EventWriter();
      writer.write(3, EVENTS.get(i));
      state.apply(EVENTS.get(i));
      rig.journal.append(writer.take());
      rig.threads.runAll();
      if (i == 6) {
        ImageWriter chunks = new ImageWriter(Map.of(3, state.freeze()));
        rig.journal.checkpoint(new Snapshot(rig.lastDurable(), chunks));
        rig.threads.runAll();
      }
    }
    return disk;
  }

  private static SimulatedDisk golden() throws IOException {
    SimulatedDisk disk = new SimulatedDisk();
    try (Stream<Path> files = Files.list(GOLDEN)) {
      for (Path file : files.toList()) {
        disk.put(file.getFileName().toString(), Files.readAllBytes(file));
      }
    }
    return disk;
  }

  @Test
  void theSameEventsStillMakeTheSameFiles() throws IOException {
    SimulatedDisk now = written();
    if ("write".equals(System.getProperty("weir.golden"))) {
      for (String name : now.list()) {
        Files.write(GOLDEN.resolve(name), now.bytes(name));
      }
    }
    SimulatedDisk golden = golden();
    assertEquals(golden.list(), now.list());
    for (String name : golden.list()) {
      assertArrayEquals(golden.bytes(name), now.bytes(name), name);
    }
  }

  @Test
  void theFilesAreStillRead() throws IOException {
    StateReplay replay = new StateReplay(number -> SETTINGS);
    JournalContent content = JournalFiles.read(golden(), replay);
    QueueState found = replay.states().get(3);
    assertEquals(14, content.position());
    assertEquals(8, content.snapshotPosition());
    QueueState expected = new QueueState(SETTINGS);
    EVENTS.forEach(expected::apply);
    expected.releaseAll();
    assertEquals(image(expected), image(found));
    assertEquals(3, found.count());
    assertEquals(7, found.nextId());
  }

  /** Everything that survives, as bytes. */
  private static String image(QueueState state) {
    StringBuilder text = new StringBuilder();
    ImageWriter writer = new ImageWriter(Map.of(3, state.freeze()));
    while (writer.hasNext()) {
      text.append(java.util.HexFormat.of().formatHex(writer.next().getBytes()));
    }
    return text.toString();
  }

  @Test
  void theyFollowFromOneAnother() throws IOException {
    JournalCheck.Report report = JournalCheck.check(golden(), number -> "lab", number -> SETTINGS);
    assertEquals(new JournalCheck.Queue("lab", 6, 0, 0, 3, 0), report.queues().get(0));
  }
}
