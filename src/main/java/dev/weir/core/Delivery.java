package dev.weir.core;

import java.util.ArrayList;
import java.util.List;

/** Hands items out: ready ones, by id, to takes in the order in which they came. */
final class Delivery {
  private final Floor floor;
  private final QueueState state;
  private final LeaseDesk leaseDesk;

  Delivery(Floor floor, LeaseDesk leaseDesk) {
    this.floor = floor;
    this.state = floor.state;
    this.leaseDesk = leaseDesk;
  }

  void take(Command.Take take, Caller caller, Step step) {
    Reply.Refused refused = check(take);
    if (refused != null) {
      floor.refuse(step, caller, refused.why(), refused.sentence());
      return;
    }
    TakeWaiter earlier = floor.consumers.resendOf(TakeWaiter.markOf(take));
    boolean atOnce = isFirst(earlier) && canServe();
    if (!atOnce
        && take.waitMs() > 0
        && earlier == null
        && floor.consumers.size() >= floor.limit(Limit.WAITERS_MAX)) {
      floor.refuse(step, caller, Refusal.TOO_MANY_WAITING, "the line of consumers is full");
      return;
    }
    accept(take, caller, earlier, atOnce, step);
  }

  private Reply.Refused check(Command.Take take) {
    if (take.waitMs() > floor.limit(Limit.WAIT_MS_MAX)) {
      return new Reply.Refused(
          Refusal.BAD_REQUEST,
          "waitMs is %d: it must not be over waitMsMax, which is %d"
              .formatted(take.waitMs(), floor.limit(Limit.WAIT_MS_MAX)));
    }
    return leaseDesk.check(take.acks(), take.leaseMs());
  }

  /** Nobody is before this one, who may come again and take over a place in line. */
  private boolean isFirst(TakeWaiter earlier) {
    return floor.consumers.isEmpty() || floor.consumers.first() == earlier;
  }

  private void accept(
      Command.Take take, Caller caller, TakeWaiter earlier, boolean atOnce, Step step) {
    if (earlier != null) {
      floor.consumers.remove(earlier);
    }
    Reply.Leases acks = Reply.Leases.NONE;
    long barrier = 0;
    if (!take.acks().isEmpty()) {
      acks = leaseDesk.acknowledge(take.acks(), step);
      barrier = step.barrier();
    }
    TakeWaiter waiter =
        new TakeWaiter(
            earlier == null ? floor.nextArrival() : earlier.id(),
            earlier == null ? step.nowMs() : earlier.sinceMs(),
            step.nowMs() + take.waitMs(),
            caller,
            take,
            acks,
            barrier);
    boolean served = atOnce && serve(waiter, step);
    if (!served && take.waitMs() == 0) {
      endEmpty(waiter, step);
    } else if (!served) {
      floor.consumers.add(waiter);
    }
  }

  private boolean canServe() {
    return !state.isPaused(Side.CONSUME) && !ready().isEmpty();
  }

  private IdSet<Item> ready() {
    return state.items().in(ItemState.READY);
  }

  /** Serves those in line as long as something is ready. */
  void serve(Step step) {
    while (!floor.consumers.isEmpty() && canServe() && step.hasRoom()) {
      TakeWaiter waiter = floor.consumers.first();
      if (!serve(waiter, step)) {
        return;
      }
      floor.consumers.remove(waiter);
    }
  }

  /** Gives all that is ready, up to the bounds; false when there are no fences for now. */
  private boolean serve(TakeWaiter waiter, Step step) {
    Command.Take take = waiter.take();
    List<LeaseRef> refs = choose(take.max());
    if (refs.isEmpty()) {
      return false;
    }
    long leaseMs = take.leaseMs() < 0 ? floor.limit(Limit.LEASE_MS) : take.leaseMs();
    long endsAtMs = step.nowMs() + leaseMs;
    step.emit(
        new Event.ItemsLeased(
            step.nowMs(), take.consumer(), waiter.caller().from(), endsAtMs, refs));
    List<Lease> leases = new ArrayList<>(refs.size());
    for (LeaseRef ref : refs) {
      leases.add(state.items().leases().get(ref.id()));
    }
    long barrier = waiter.acksBarrier();
    if (take.autoAck()) {
      step.emit(new Event.LeasesAcked(step.nowMs(), refs));
      floor.rates.add(Total.ACKED, refs.size(), step.nowMs());
      barrier = step.barrier();
    }
    step.count(refs.size());
    floor.rates.add(Total.TAKEN, refs.size(), step.nowMs());
    floor.consumeWaits.record(step.nowMs() - waiter.sinceMs(), step.nowMs());
    step.answer(
        waiter.caller(),
        new Reply.Taken(leases, waiter.acks(), floor.consumers.size(), false),
        barrier);
    return true;
  }

  private List<LeaseRef> choose(int max) {
    int most = (int) Math.min(max, floor.limit(Limit.BATCH_ITEMS_MAX));
    List<Item> items = most == 1 ? List.of(ready().first()) : ready().from(Long.MIN_VALUE, most);
    List<LeaseRef> refs = new ArrayList<>(items.size());
    long bytes = 0;
    for (Item item : items) {
      bytes += item.sizeBytes();
      if (!refs.isEmpty() && bytes > floor.limit(Limit.BATCH_BYTES_MAX)) {
        break;
      }
      long fence = floor.fences.next();
      if (fence == 0) {
        break;
      }
      refs.add(new LeaseRef(item.id(), fence));
    }
    return refs;
  }

  void timeOut(Step step) {
    TakeWaiter waiter;
    while (step.hasRoom() && (waiter = floor.consumers.due(step.nowMs())) != null) {
      floor.consumers.remove(waiter);
      step.count(1);
      endEmpty(waiter, step);
    }
  }

  /** Tells everybody in line; a take that brought acks still ends in a reply. */
  void close(Command.Close close, Step step) {
    while (!floor.consumers.isEmpty() && step.hasRoom()) {
      TakeWaiter waiter = floor.consumers.first();
      floor.consumers.remove(waiter);
      step.count(1);
      if (waiter.take().acks().isEmpty()) {
        floor.refuse(step, waiter.caller(), close.why(), close.sentence());
      } else {
        endEmpty(waiter, step);
      }
    }
  }

  private void endEmpty(TakeWaiter waiter, Step step) {
    step.answer(
        waiter.caller(),
        new Reply.Taken(
            List.of(), waiter.acks(), floor.consumers.size(), state.isPaused(Side.CONSUME)),
        waiter.acksBarrier());
  }
}
