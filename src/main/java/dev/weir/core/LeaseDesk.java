package dev.weir.core;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Ends and prolongs leases: by ack, nack and extend, when their time is over, when a caller goes.
 */
final class LeaseDesk {
  private static final String LOST = "lease-lost";
  private static final String GONE = "gone";

  private final Floor floor;
  private final QueueState state;

  LeaseDesk(Floor floor) {
    this.floor = floor;
    this.state = floor.state;
  }

  /** Why a request with these leases and this {@code leaseMs} is refused, or null. */
  Reply.Refused check(List<LeaseRef> leases, long leaseMs) {
    if (leases.size() > floor.limit(Limit.BATCH_ITEMS_MAX)) {
      return new Reply.Refused(
          Refusal.TOO_LARGE,
          "%d leases are named, over batchItemsMax, which is %d"
              .formatted(leases.size(), floor.limit(Limit.BATCH_ITEMS_MAX)));
    }
    if (leaseMs > floor.limit(Limit.LEASE_MS_MAX)) {
      return new Reply.Refused(
          Refusal.BAD_REQUEST,
          "leaseMs is %d: it must not be over leaseMsMax, which is %d"
              .formatted(leaseMs, floor.limit(Limit.LEASE_MS_MAX)));
    }
    return null;
  }

  void ack(Command.Ack ack, Caller caller, Step step) {
    if (accepts(ack.leases(), -1, caller, step)) {
      step.answer(caller, acknowledge(ack.leases(), step));
    }
  }

  private boolean accepts(List<LeaseRef> leases, long leaseMs, Caller caller, Step step) {
    Reply.Refused refused = check(leases, leaseMs);
    if (refused != null) {
      floor.refuse(step, caller, refused.why(), refused.sentence());
    }
    return refused == null;
  }

  Reply.Leases acknowledge(List<LeaseRef> refs, Step step) {
    List<LeaseRef> live = new ArrayList<>(refs.size());
    List<Long> done = new ArrayList<>(refs.size());
    List<Reply.LostLease> refused = new ArrayList<>(0);
    Set<LeaseRef> seen = refs.size() > 1 ? new HashSet<>() : null;
    for (LeaseRef ref : refs) {
      boolean again = seen != null && !seen.add(ref);
      if (isLive(ref) && !again) {
        ended(state.items().leases().get(ref.id()), step);
        live.add(ref);
        done.add(ref.id());
      } else if (again && isLive(ref) || state.acks().contains(ref.id(), ref.fence())) {
        done.add(ref.id());
      } else {
        refused.add(lost(ref));
      }
    }
    if (!live.isEmpty()) {
      step.emit(new Event.LeasesAcked(step.nowMs(), live));
      floor.rates.add(Total.ACKED, live.size(), step.nowMs());
      step.count(live.size());
    }
    return new Reply.Leases(done, refused);
  }

  private void ended(Lease lease, Step step) {
    long lastedMs = lease.lastedMs(step.nowMs());
    if (lastedMs != Lease.UNKNOWN) {
      floor.leaseTimes.record(lastedMs, step.nowMs());
    }
  }

  private boolean isLive(LeaseRef ref) {
    Lease lease = state.items().leases().get(ref.id());
    return lease != null && lease.fence() == ref.fence();
  }

  private Reply.LostLease lost(LeaseRef ref) {
    return new Reply.LostLease(ref.id(), state.items().exists(ref.id()) ? LOST : GONE);
  }

  void nack(Command.Nack nack, Caller caller, Step step) {
    if (!accepts(nack.leases(), -1, caller, step)) {
      return;
    }
    List<Long> done = new ArrayList<>(nack.leases().size());
    List<Reply.LostLease> refused = new ArrayList<>(0);
    for (LeaseRef ref : nack.leases()) {
      if (isLive(ref)) {
        Lease lease = state.items().leases().get(ref.id());
        String reason = nack.reason() == null ? "refused by " + nack.consumer() : nack.reason();
        giveBack(lease, reason, nack.bury() ? Long.MAX_VALUE : delayMs(nack, lease), step);
        floor.rates.add(Total.NACKED, 1, step.nowMs());
        done.add(ref.id());
      } else {
        refused.add(lost(ref));
      }
    }
    step.answer(caller, new Reply.Leases(done, refused));
  }

  private long delayMs(Command.Nack nack, Lease lease) {
    return nack.delayMs() >= 0
        ? nack.delayMs()
        : state.settings().retryDelay().afterMs(lease.id(), lease.attempt());
  }

  /** A counted attempt has failed. A delay of {@link Long#MAX_VALUE} means never again. */
  private void giveBack(Lease lease, String reason, long delayMs, Step step) {
    ended(lease, step);
    boolean dies = delayMs == Long.MAX_VALUE || lease.attempt() >= floor.limit(Limit.ATTEMPTS_MAX);
    Event.Fate fate = Event.Fate.READY;
    long dueAtMs = 0;
    if (dies) {
      fate = hasRoomAmongDead(lease.item()) ? Event.Fate.DEAD : Event.Fate.HELD;
    } else if (delayMs > 0) {
      fate = Event.Fate.DELAYED;
      dueAtMs = step.nowMs() + delayMs;
    }
    step.emit(new Event.LeaseReturned(step.nowMs(), ref(lease), true, reason, fate, dueAtMs));
    afterReturn(lease, fate, step);
  }

  private void afterReturn(Lease lease, Event.Fate fate, Step step) {
    step.count(1);
    if (fate == Event.Fate.READY) {
      floor.pending.add(step.next(), lease.id(), lease.id());
    } else if (fate == Event.Fate.DEAD) {
      floor.rates.add(Total.DIED, 1, step.nowMs());
    }
  }

  private static LeaseRef ref(Lease lease) {
    return new LeaseRef(lease.id(), lease.fence());
  }

  private boolean hasRoomAmongDead(Item item) {
    return state.items().in(ItemState.HELD).isEmpty() && fitsAmongDead(item);
  }

  private boolean fitsAmongDead(Item item) {
    return state.count(ItemState.DEAD) < floor.limit(Limit.DEAD_CAPACITY)
        && state.deadBytes() + item.sizeBytes() <= floor.limit(Limit.DEAD_CAPACITY_BYTES);
  }

  /** Moves held items to the dead, by id, as far as there is room. */
  void bury(Step step) {
    IdSet<Item> held = state.items().in(ItemState.HELD);
    while (!held.isEmpty() && step.hasRoom() && fitsAmongDead(held.first())) {
      step.emit(new Event.HeldBuried(step.nowMs(), held.first().id()));
      floor.rates.add(Total.DIED, 1, step.nowMs());
      step.count(1);
    }
  }

  void extend(Command.Extend extend, Caller caller, Step step) {
    if (!accepts(extend.leases(), extend.leaseMs(), caller, step)) {
      return;
    }
    Set<LeaseRef> live = new java.util.LinkedHashSet<>();
    List<Long> done = new ArrayList<>(extend.leases().size());
    List<Reply.LostLease> refused = new ArrayList<>(0);
    for (LeaseRef ref : extend.leases()) {
      if (isLive(ref)) {
        live.add(ref);
        done.add(ref.id());
      } else {
        refused.add(lost(ref));
      }
    }
    if (!live.isEmpty()) {
      long leaseMs = extend.leaseMs() < 0 ? floor.limit(Limit.LEASE_MS) : extend.leaseMs();
      long endsAtMs = step.nowMs() + leaseMs;
      step.emit(new Event.LeasesExtended(step.nowMs(), endsAtMs, List.copyOf(live)));
      step.count(live.size());
    }
    step.answer(caller, new Reply.Leases(done, refused));
  }

  /** Ends the leases whose time is over: their items are ready again at once. */
  void endDue(Step step) {
    Lease lease;
    while (step.hasRoom() && (lease = state.items().leases().due(step.nowMs())) != null) {
      floor.rates.add(Total.LEASE_ENDED, 1, step.nowMs());
      giveBack(lease, "lease ended at " + lease.consumer(), 0, step);
    }
  }

  /** Ends what a caller that is gone held; what it never heard of does not count as an attempt. */
  void gone(Command.Gone gone, Step step) {
    for (LeaseRef ref : gone.unwritten()) {
      if (isLive(ref)) {
        takeBack(state.items().leases().get(ref.id()), step);
      }
    }
    for (Lease lease : state.items().leases().heldBy(gone.from(), step.left())) {
      if (gone.unheard()) {
        takeBack(lease, step);
        continue;
      }
      floor.rates.add(Total.LEASE_ENDED, 1, step.nowMs());
      giveBack(lease, lease.consumer() + " went away", 0, step);
    }
  }

  /** As if it had never been leased. */
  private void takeBack(Lease lease, Step step) {
    LeaseRef ref = new LeaseRef(lease.id(), lease.fence());
    step.emit(new Event.LeaseReturned(step.nowMs(), ref, false, null, Event.Fate.READY, 0));
    afterReturn(lease, Event.Fate.READY, step);
  }
}
