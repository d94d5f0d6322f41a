package dev.weir.journal;

import dev.weir.core.Event;
import dev.weir.core.Item;
import dev.weir.core.ItemState;
import dev.weir.core.Lease;
import dev.weir.core.LeaseRef;
import dev.weir.core.Limit;
import dev.weir.core.QueueImage;
import dev.weir.core.Settings;
import java.util.Map;
import java.util.TreeMap;

/**
 * Follows one queue through its events in the plainest way, beside the state that a node would
 * serve: each item from its put to its end. Whatever does not follow is a contradiction.
 */
final class QueueLedger implements Event.Handler {

  /** An item that is somewhere. */
  private record Entry(ItemState state, long fence, long bytes) {
    Entry in(ItemState other) {
      return new Entry(other, 0, bytes);
    }
  }

  private final String name;
  private final Map<Long, Entry> items = new TreeMap<>();
  private Settings settings;
  private long lastId;
  private long lastFence;
  private long countedBytes;
  private long counted;
  private long stored;
  private long acked;
  private long events;

  QueueLedger(String name, Settings settings) {
    this.name = name;
    this.settings = settings;
  }

  /** Begins with what a snapshot holds. */
  void begin(QueueImage image) {
    settings = image.settings();
    image.waiting().forEach(item -> enter(item, ItemState.STORED, 0));
    image.dead().forEach(item -> enter(item, ItemState.DEAD, 0));
    image.held().forEach(item -> enter(item, ItemState.HELD, 0));
    image.leases().forEach(lease -> enter(lease.item(), ItemState.LEASED, lease.fence()));
    lastId = image.nextId() - 1;
  }

  private void enter(Item item, ItemState state, long fence) {
    long bytes = item.body().sizeBytes();
    check(
        items.put(item.id(), new Entry(state, fence, bytes)) == null,
        "item %d is in the snapshot twice",
        item.id());
    lastFence = Math.max(lastFence, fence);
    if (state != ItemState.DEAD) {
      counted++;
      countedBytes += bytes;
    }
  }

  void check(boolean right, String format, Object... values) {
    if (!right) {
      throw new JournalDamagedException("queue " + name + ": " + format.formatted(values));
    }
  }

  void event(Event event) {
    events++;
    event.handle(this);
  }

  @Override
  public void itemsStored(Event.ItemsStored event) {
    for (Event.NewItem item : event.items()) {
      check(item.id() > lastId, "item %d is stored after item %d", item.id(), lastId);
      lastId = item.id();
      stored++;
      countIn(item.id(), new Entry(ItemState.STORED, 0, item.body().sizeBytes()));
    }
  }

  private void countIn(long id, Entry entry) {
    items.put(id, entry);
    counted++;
    countedBytes += entry.bytes;
    check(
        counted <= settings.get(Limit.CAPACITY),
        "with item %d there are %d items, and capacity is %d",
        id,
        counted,
        settings.get(Limit.CAPACITY));
    check(
        countedBytes <= settings.get(Limit.CAPACITY_BYTES),
        "with item %d there are %d bytes, and capacityBytes is %d",
        id,
        countedBytes,
        settings.get(Limit.CAPACITY_BYTES));
  }

  private void countOut(Entry entry) {
    counted--;
    countedBytes -= entry.bytes;
  }

  @Override
  public void itemsLeased(Event.ItemsLeased event) {
    for (LeaseRef lease : event.leases()) {
      Entry entry = present(lease.id(), "leased");
      check(
          entry.state != ItemState.LEASED,
          "item %d is leased with fence %d while it is leased with fence %d",
          lease.id(),
          lease.fence(),
          entry.fence);
      check(
          entry.state == ItemState.STORED,
          "item %d is leased while it is %s",
          lease.id(),
          entry.state);
      check(
          lease.fence() > lastFence,
          "fence %d of item %d comes after fence %d",
          lease.fence(),
          lease.id(),
          lastFence);
      lastFence = lease.fence();
      items.put(lease.id(), new Entry(ItemState.LEASED, lease.fence(), entry.bytes));
    }
  }

  private Entry present(long id, String what) {
    Entry entry = items.get(id);
    check(entry != null, "item %d is %s and is not there", id, what);
    return entry;
  }

  private Entry leased(LeaseRef lease, String what) {
    Entry entry = present(lease.id(), what);
    check(
        entry.state == ItemState.LEASED && entry.fence == lease.fence(),
        "item %d is %s with fence %d, which is not its lease",
        lease.id(),
        what,
        lease.fence());
    return entry;
  }

  @Override
  public void leasesAcked(Event.LeasesAcked event) {
    for (LeaseRef lease : event.leases()) {
      countOut(leased(lease, "acked"));
      items.remove(lease.id());
      acked++;
    }
  }

  @Override
  public void leasesExtended(Event.LeasesExtended event) {
    event.leases().forEach(lease -> leased(lease, "extended"));
  }

  @Override
  public void leaseReturned(Event.LeaseReturned event) {
    Entry entry = leased(event.lease(), "returned");
    ItemState state =
        switch (event.fate()) {
          case READY, DELAYED -> ItemState.STORED;
          case DEAD -> ItemState.DEAD;
          case HELD -> ItemState.HELD;
        };
    items.put(event.lease().id(), entry.in(state));
    if (state == ItemState.DEAD) {
      countOut(entry);
    }
  }

  @Override
  public void itemsPurged(Event.ItemsPurged event) {
    for (long id : event.ids()) {
      Entry entry = present(id, "purged");
      items.remove(id);
      if (entry.state != ItemState.DEAD) {
        countOut(entry);
      }
    }
  }

  @Override
  public void itemKicked(Event.ItemKicked event) {
    Entry entry = present(event.id(), "kicked");
    if (entry.state == ItemState.DEAD) {
      countIn(event.id(), entry.in(ItemState.STORED));
    } else {
      items.put(event.id(), entry.in(ItemState.STORED));
    }
  }

  @Override
  public void heldBuried(Event.HeldBuried event) {
    Entry entry = present(event.id(), "buried");
    check(entry.state == ItemState.HELD, "item %d is buried and was not held", event.id());
    countOut(entry);
    items.put(event.id(), entry.in(ItemState.DEAD));
  }

  @Override
  public void sidesPaused(Event.SidesPaused event) {
    // nothing that could contradict
  }

  @Override
  public void configured(Event.Configured event) {
    settings = event.settings();
  }

  @Override
  public void audited(Event.Audited event) {
    // nothing that could contradict
  }

  /** The state that a start would serve must be what the events say. */
  void compare(QueueImage served) {
    Map<Long, Entry> left = new TreeMap<>(items);
    served.waiting().forEach(item -> found(left, item, ItemState.STORED, 0));
    served.dead().forEach(item -> found(left, item, ItemState.DEAD, 0));
    served.held().forEach(item -> found(left, item, ItemState.HELD, 0));
    for (Lease lease : served.leases()) {
      found(left, lease.item(), ItemState.LEASED, lease.fence());
    }
    check(left.isEmpty(), "items %s vanished without ack, purge or death", left.keySet());
    check(served.nextId() > lastId, "the next id would be %d after %d", served.nextId(), lastId);
  }

  private void found(Map<Long, Entry> left, Item item, ItemState state, long fence) {
    Entry entry = left.remove(item.id());
    check(
        new Entry(state, fence, item.body().sizeBytes()).equals(entry),
        "item %d would be served as %s, and its events say %s",
        item.id(),
        state,
        entry);
  }

  JournalCheck.Queue report() {
    return new JournalCheck.Queue(name, events, stored, acked, counted, items.size() - counted);
  }
}
