package dev.weir.journal;

import dev.weir.core.Body;
import dev.weir.core.Event;
import dev.weir.core.ItemState;
import dev.weir.core.LeaseRef;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;

/** Reads the events of a batch as {@link EventWriter} wrote them. */
public final class EventReader {
  private static final Event.Fate[] FATES = Event.Fate.values();
  private static final ItemState[] STATES = ItemState.values();

  private final ByteReader in;

  private EventReader(Buffer batch) {
    this.in = new ByteReader(batch);
  }

  /** Takes an event of the queue with this number. */
  public interface Sink {
    void event(int queue, Event event);
  }

  /** Hands the events of a batch to the sink, in order. */
  public static void read(Buffer batch, Sink sink) {
    EventReader reader = new EventReader(batch);
    while (reader.in.hasMore()) {
      EventTag tag = EventTag.of(reader.in.number());
      int queue = reader.in.count();
      sink.event(queue, reader.event(tag, reader.in.number()));
    }
  }

  private Event event(EventTag tag, long atMs) {
    return switch (tag) {
      case ITEMS_STORED -> new Event.ItemsStored(atMs, in.text(), in.text(), newItems());
      case ITEMS_LEASED -> new Event.ItemsLeased(atMs, in.text(), in.text(), in.number(), refs());
      case LEASES_ACKED -> new Event.LeasesAcked(atMs, refs());
      case LEASES_EXTENDED -> new Event.LeasesExtended(atMs, in.number(), refs());
      case LEASE_RETURNED ->
          new Event.LeaseReturned(atMs, ref(), in.flag(), in.text(), one(FATES), in.number());
      case ITEMS_PURGED -> new Event.ItemsPurged(atMs, one(STATES), ids());
      case ITEM_KICKED -> new Event.ItemKicked(atMs, in.number());
      case HELD_BURIED -> new Event.HeldBuried(atMs, in.number());
      case SIDES_PAUSED -> new Event.SidesPaused(atMs, in.flag(), in.flag());
      case CONFIGURED -> new Event.Configured(atMs, SettingsCodec.read(in));
      case AUDITED ->
          new Event.Audited(atMs, in.text(), in.text(), in.text(), in.text(), in.number());
    };
  }

  private <T> T one(T[] values) {
    int ordinal = in.count();
    if (ordinal >= values.length) {
      throw new JournalDamagedException("there is no value " + ordinal + " of " + values.length);
    }
    return values[ordinal];
  }

  private LeaseRef ref() {
    return new LeaseRef(in.number(), in.number());
  }

  private List<LeaseRef> refs() {
    int count = in.count();
    List<LeaseRef> refs = new ArrayList<>(Math.min(count, 1000));
    for (int i = 0; i < count; i++) {
      refs.add(ref());
    }
    return refs;
  }

  private List<Long> ids() {
    int count = in.count();
    List<Long> ids = new ArrayList<>(Math.min(count, 1000));
    for (int i = 0; i < count; i++) {
      ids.add(in.number());
    }
    return ids;
  }

  private List<Event.NewItem> newItems() {
    int count = in.count();
    List<Event.NewItem> items = new ArrayList<>(Math.min(count, 1000));
    for (int i = 0; i < count; i++) {
      long id = in.number();
      long seq = in.number() - 1;
      String key = in.text();
      long dueAtMs = in.number();
      items.add(new Event.NewItem(id, seq, key, dueAtMs, new Body(in.raw())));
    }
    return items;
  }
}
