package dev.weir.core;

import java.util.List;

/**
 * The items of a queue by the state they are in, with what they weigh. Every change comes from an
 * event, but two that a replay makes up for: {@link #release} and {@link #delayOver}.
 */
final class Items {
  private final IdSet<Item> stored = new IdSet<>();
  private final IdSet<Item> ready = new IdSet<>();
  private final IdSet<Item> delayed = new IdSet<>();
  private final IdSet<Item> dead = new IdSet<>();
  private final IdSet<Item> held = new IdSet<>();
  private final Deadlines<Item> delays = new Deadlines<>();
  private final Leases leases = new Leases();
  private long bytes;
  private long deadBytes;

  /** How many count against the capacity. */
  int count() {
    return stored.size() + ready.size() + delayed.size() + leases.size() + held.size();
  }

  int count(ItemState state) {
    return state == ItemState.LEASED ? leases.size() : in(state).size();
  }

  /** How many bytes count against the capacity. */
  long bytes() {
    return bytes;
  }

  long deadBytes() {
    return deadBytes;
  }

  Leases leases() {
    return leases;
  }

  Deadlines<Item> delays() {
    return delays;
  }

  /** The items of one state in the order of their ids; not for leased ones. */
  IdSet<Item> in(ItemState state) {
    return switch (state) {
      case STORED -> stored;
      case READY -> ready;
      case DELAYED -> delayed;
      case DEAD -> dead;
      case HELD -> held;
      case LEASED -> throw new IllegalArgumentException("leases are kept apart");
    };
  }

  /** Whether there is such an item in any state. */
  boolean exists(long id) {
    return leases.get(id) != null || find(id) != null;
  }

  /** The state of an item that is not leased, or null. */
  ItemState find(long id) {
    for (ItemState state : ItemState.values()) {
      if (state != ItemState.LEASED && in(state).get(id) != null) {
        return state;
      }
    }
    return null;
  }

  /** A stored item whose event is durable is ready. */
  void release(long id) {
    Item item = stored.remove(id);
    if (item != null) {
      ready.add(item);
    }
  }

  /** A delay is over: the item is stored, until what has happened so far is durable. */
  void delayOver(Item item) {
    delayed.remove(item.id());
    delays.remove(item);
    stored.add(item);
  }

  /** A new item, or one that came back to life, begins to count. */
  void enter(Item item) {
    bytes += item.sizeBytes();
    comeBack(item);
  }

  /** An item that counts already may be taken again, now or when its delay is over. */
  void comeBack(Item item) {
    if (item.dueAtMs() > 0) {
      delayed.add(item);
      delays.add(item);
    } else {
      stored.add(item);
    }
  }

  void leave(Item item) {
    bytes -= item.sizeBytes();
  }

  void die(Item item) {
    dead.add(item);
    deadBytes += item.sizeBytes();
  }

  /** Takes an item out before a lease: live it is always ready, in a replay not yet. */
  Item takeForLease(long id) {
    Item item = ready.remove(id);
    if (item == null) {
      item = stored.remove(id);
    }
    return item == null ? remove(ItemState.DELAYED, id) : item;
  }

  /** Takes an item out of a state; what was ready live may be stored or delayed in a replay. */
  Item takeFrom(ItemState state, long id) {
    return state == ItemState.READY ? takeForLease(id) : remove(state, id);
  }

  private Item remove(ItemState state, long id) {
    Item item = in(state).remove(id);
    if (item == null) {
      throw new IllegalStateException("item " + id + " is not " + state.word());
    }
    if (state == ItemState.DELAYED) {
      delays.remove(item);
    }
    if (state == ItemState.DEAD) {
      deadBytes -= item.sizeBytes();
    }
    return item;
  }

  /** Ends the lease that this names, or throws: an event never names one that is not live. */
  Lease endLease(LeaseRef ref) {
    Lease lease = leases.remove(ref.id());
    if (lease == null || lease.fence() != ref.fence()) {
      throw new IllegalStateException("no live lease of item " + ref.id() + ", " + ref.fence());
    }
    return lease;
  }

  /** Puts back an item of a snapshot. */
  void restore(ItemState state, Item item) {
    switch (state) {
      case DEAD -> die(item);
      case HELD -> {
        bytes += item.sizeBytes();
        held.add(item);
      }
      default -> enter(item);
    }
  }

  /** Puts back a lease of a snapshot. */
  void restore(Lease lease) {
    bytes += lease.item().sizeBytes();
    leases.add(lease);
  }

  /** The items that wait to be taken, in one list of runs: stored, ready and delayed. */
  List<IdSet.Frozen<Item>> freezeWaiting() {
    return List.of(stored.freeze(), ready.freeze(), delayed.freeze());
  }
}
