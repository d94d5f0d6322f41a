package dev.weir.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.core.Body;
import dev.weir.core.Event;
import dev.weir.core.ItemState;
import dev.weir.core.LeaseRef;
import dev.weir.core.Limit;
import dev.weir.core.QueueState;
import dev.weir.core.Settings;
import dev.weir.sim.SimulatedDisk;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What does not follow from what was before is named. */
class JournalCheckTest {
  private static final Settings SETTINGS = Settings.DEFAULT.with(Limit.CAPACITY, 5);
  private final SimulatedDisk disk = new SimulatedDisk();
  private final QueueState state = new QueueState(SETTINGS);
  private Rig rig;

  @BeforeEach
  void threeItemsOneLeasedOneAcked() {
    rig = Rig.opened(disk);
    write(new Event.Configured(1, SETTINGS));
    write(stored(1), stored(2), stored(3));
    write(leased(1, 11), leased(2, 12));
    write(new Event.LeasesAcked(2, List.of(new LeaseRef(1, 11))));
  }

  private static Event stored(long id) {
    Event.NewItem item = new Event.NewItem(id, -1, null, 0, Body.of("{\"n\":" + id + "}"));
    return new Event.ItemsStored(1, "p", null, List.of(item));
  }

  private static Event leased(long id, long fence) {
    return new Event.ItemsLeased(2, "c", null, 100, List.of(new LeaseRef(id, fence)));
  }

  /** Journals events as a queue does. */
  private void write(Event... events) {
    for (Event event : events) {
      state.apply(event);
    }
    forge(events);
  }

  /** Journals events that no queue would. */
  private void forge(Event... events) {
    EventWriter writer = new EventWriter();
    for (Event event : events) {
      writer.write(7, event);
    }
    rig.journal.append(writer.take());
    rig.threads.runAll();
  }

  private void checkpoint() {
    ImageWriter chunks = new ImageWriter(Map.of(7, state.freeze()));
    rig.journal.checkpoint(new Snapshot(rig.lastDurable(), chunks));
    rig.threads.runAll();
  }

  private JournalCheck.Report check() throws IOException {
    return JournalCheck.check(disk, number -> "lab", number -> number == 7 ? SETTINGS : null);
  }

  private void contradicts(String... named) {
    String found = assertThrows(JournalDamagedException.class, this::check).getMessage();
    for (String name : named) {
      assertTrue(found.contains(name), found);
    }
  }

  @Test
  void whatFollowsIsCounted() throws IOException {
    JournalCheck.Queue queue = check().queues().get(0);
    assertEquals(new JournalCheck.Queue("lab", 7, 3, 1, 2, 0), queue);
  }

  @Test
  void aSnapshotIsWhereCountingBegins() throws IOException {
    checkpoint();
    write(new Event.ItemsPurged(3, ItemState.LEASED, List.of(2L)));
    JournalCheck.Report report = check();
    assertEquals(new JournalCheck.Queue("lab", 1, 0, 0, 1, 0), report.queues().get(0));
    assertEquals(5, report.snapshotPosition());
  }

  @Test
  void aSecondLiveLease() {
    forge(leased(2, 13));
    contradicts("lab", "position 6", "item 2 is leased with fence 13 while");
  }

  @Test
  void anAckOfSomebodyElsesLease() {
    forge(new Event.LeasesAcked(3, List.of(new LeaseRef(2, 9))));
    contradicts("item 2 is acked with fence 9");
  }

  @Test
  void aFenceThatFalls() {
    forge(leased(3, 12));
    contradicts("fence 12 of item 3 comes after fence 12");
  }

  @Test
  void anIdThatComesAgain() {
    forge(stored(3));
    contradicts("item 3 is stored after item 3");
  }

  @Test
  void moreItemsThanTheCapacity() {
    forge(stored(4), stored(5), stored(6), stored(7));
    contradicts("with item 7 there are 6 items", "capacity is 5");
  }

  @Test
  void anItemThatIsTakenFromNowhere() {
    forge(leased(1, 14));
    contradicts("item 1 is leased and is not there");
  }

  @Test
  void aSnapshotWithoutAnItem() {
    state.apply(new Event.ItemsPurged(3, ItemState.READY, List.of()));
    QueueState other = new QueueState(SETTINGS);
    other.apply(stored(3));
    rig.journal.checkpoint(
        new Snapshot(rig.lastDurable(), new ImageWriter(Map.of(7, other.freeze()))));
    rig.threads.runAll();
    forge(new Event.LeasesAcked(3, List.of(new LeaseRef(2, 12))));
    contradicts("item 2 is acked and is not there");
  }

  @Test
  void aFlippedBitAMissingFileAnUnknownKind() {
    rig.append("\u007f");
    rig.threads.runAll();
    contradicts("position 6", "no event of kind 127");
    byte[] good = disk.bytes("log-000000000001");
    byte[] bad = good.clone();
    bad[SegmentHeader.BYTES + 40] ^= 4;
    disk.put("log-000000000001", bad);
    contradicts("log-000000000001 at byte");
    disk.remove("log-000000000001");
    contradicts("log-000000000001 is missing");
  }
}
