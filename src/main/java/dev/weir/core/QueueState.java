package dev.weir.core;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The part of a queue that survives, and all that may change it: {@link Event}s. A replay of the
 * journal hands the same events to the same methods.
 *
 * <p>An item that may be taken from now on is {@code stored} first, until {@link #release} says
 * that what made it so is durable; a replay releases all at its end.
 */
public final class QueueState {
  private final Items items = new Items();
  private final Sessions sessions = new Sessions();
  private final Keys keys = new Keys();
  private final AckMemory acks = new AckMemory();
  private final Deque<Event.Audited> audit = new ArrayDeque<>();
  private final Event.Handler appliers = new Appliers();
  private Settings settings;
  private long nextId = 1;
  private long lastAtMs;
  private boolean producePaused;
  private boolean consumePaused;

  public QueueState(Settings settings) {
    this.settings = settings;
  }

  /** A state as it was when it was frozen. */
  public static QueueState restored(QueueImage image) {
    QueueState state = new QueueState(image.settings());
    state.nextId = image.nextId();
    state.lastAtMs = image.lastAtMs();
    state.producePaused = image.producePaused();
    state.consumePaused = image.consumePaused();
    image.waiting().forEach(item -> state.items.restore(ItemState.STORED, item));
    image.dead().forEach(item -> state.items.restore(ItemState.DEAD, item));
    image.held().forEach(item -> state.items.restore(ItemState.HELD, item));
    image.leases().forEach(state.items::restore);
    image.sessions().forEach(state.sessions::restore);
    image.keys().forEach(state.keys::restore);
    long[] acked = image.acks();
    for (int i = 0; i < acked.length; i += 2) {
      state.acks.remember(acked[i + 1], acked[i], image.settings().get(Limit.ACKS_REMEMBERED));
    }
    state.audit.addAll(image.audit());
    state.releaseAll();
    return state;
  }

  /** A copy of all that survives, cheap to make: it shares what does not change. */
  public QueueImage freeze() {
    return new QueueImage(
        settings,
        nextId,
        lastAtMs,
        producePaused,
        consumePaused,
        QueueImage.joined(items.freezeWaiting()),
        items.in(ItemState.DEAD).freeze(),
        items.in(ItemState.HELD).freeze(),
        items.leases().all().freeze(),
        sessions.freeze(),
        keys.freeze(),
        acks.freeze(),
        List.copyOf(audit));
  }

  /** Applies one event. An event that contradicts the state is a defect or damage. */
  public void apply(Event event) {
    lastAtMs = Math.max(lastAtMs, event.atMs());
    event.handle(appliers);
  }

  /** The end of a replay: all that was read is durable. */
  public void releaseAll() {
    IdSet<Item> stored = items.in(ItemState.STORED);
    while (!stored.isEmpty()) {
      items.release(stored.first().id());
    }
  }

  Items items() {
    return items;
  }

  /** How many items count against the capacity. */
  public int count() {
    return items.count();
  }

  /** How many items there are, the dead included. */
  public int countAll() {
    return items.count() + items.count(ItemState.DEAD);
  }

  public int count(ItemState state) {
    return items.count(state);
  }

  /** How many bytes count against the capacity. */
  public long bytes() {
    return items.bytes();
  }

  public long deadBytes() {
    return items.deadBytes();
  }

  public Settings settings() {
    return settings;
  }

  long limit(Limit limit) {
    return settings.get(limit);
  }

  /** The id the next item gets. */
  public long nextId() {
    return nextId;
  }

  /** The instant of the last event: time never goes back behind it. */
  public long lastAtMs() {
    return lastAtMs;
  }

  public boolean isPaused(Side side) {
    return side == Side.PRODUCE ? producePaused : consumePaused;
  }

  Sessions sessions() {
    return sessions;
  }

  Keys keys() {
    return keys;
  }

  AckMemory acks() {
    return acks;
  }

  /** The changes operators made, the last one last. */
  List<Event.Audited> audit() {
    return new ArrayList<>(audit);
  }

  /** What each kind of event does to the state. */
  private final class Appliers implements Event.Handler {

    @Override
    public void itemsStored(Event.ItemsStored event) {
      Session session =
          event.session() == null ? null : sessions.forPut(event.session(), event.atMs(), settings);
      for (Event.NewItem made : event.items()) {
        long id = made.id();
        if (id < nextId) {
          throw new IllegalStateException("item " + id + " comes after " + (nextId - 1));
        }
        nextId = id + 1;
        items.enter(
            new Item(
                id,
                event.atMs(),
                made.dueAtMs(),
                event.producer(),
                made.key(),
                made.body(),
                0,
                List.of()));
        if (session != null) {
          session.remember(made.seq(), id, event.atMs(), limit(Limit.SESSION_WINDOW));
        }
        if (made.key() != null) {
          Fingerprint fingerprint = made.body().fingerprint();
          keys.remember(new Keys.Key(made.key(), id, event.atMs(), fingerprint), settings);
        }
      }
    }

    @Override
    public void itemsLeased(Event.ItemsLeased event) {
      for (LeaseRef ref : event.leases()) {
        Item item = items.takeForLease(ref.id());
        items
            .leases()
            .add(
                new Lease(
                    item,
                    ref.fence(),
                    event.atMs(),
                    event.endsAtMs(),
                    event.consumer(),
                    event.from()));
      }
    }

    @Override
    public void leasesAcked(Event.LeasesAcked event) {
      for (LeaseRef ref : event.leases()) {
        items.leave(items.endLease(ref).item());
        acks.remember(ref.id(), ref.fence(), limit(Limit.ACKS_REMEMBERED));
      }
    }

    @Override
    public void leasesExtended(Event.LeasesExtended event) {
      for (LeaseRef ref : event.leases()) {
        items.leases().add(items.endLease(ref).until(event.endsAtMs()));
      }
    }

    @Override
    public void leaseReturned(Event.LeaseReturned event) {
      Item item = items.endLease(event.lease()).item();
      item = item.returned(event.dueAtMs(), event.counted(), event.reason());
      switch (event.fate()) {
        case READY, DELAYED -> items.comeBack(item);
        case DEAD -> {
          items.leave(item);
          items.die(item);
        }
        case HELD -> items.in(ItemState.HELD).add(item);
      }
    }

    @Override
    public void itemsPurged(Event.ItemsPurged event) {
      for (long id : event.ids()) {
        if (event.state() == ItemState.LEASED) {
          items.leave(items.leases().remove(id).item());
        } else {
          Item item = items.takeFrom(event.state(), id);
          if (event.state() != ItemState.DEAD) {
            items.leave(item);
          }
        }
      }
    }

    @Override
    public void itemKicked(Event.ItemKicked event) {
      ItemState state = items.find(event.id());
      if (state == null) {
        throw new IllegalStateException("item " + event.id() + " is kicked but is not there");
      }
      Item item = items.takeFrom(state, event.id()).renewed();
      if (state == ItemState.DEAD) {
        items.enter(item);
      } else {
        items.comeBack(item);
      }
    }

    @Override
    public void heldBuried(Event.HeldBuried event) {
      Item item = items.takeFrom(ItemState.HELD, event.id());
      items.leave(item);
      items.die(item);
    }

    @Override
    public void sidesPaused(Event.SidesPaused event) {
      producePaused = event.produce();
      consumePaused = event.consume();
    }

    @Override
    public void configured(Event.Configured event) {
      settings = event.settings();
    }

    @Override
    public void audited(Event.Audited event) {
      audit.addLast(event);
      for (int dropped = 0; audit.size() > limit(Limit.AUDIT_MAX) && dropped < 4; dropped++) {
        audit.removeFirst();
      }
    }
  }
}
