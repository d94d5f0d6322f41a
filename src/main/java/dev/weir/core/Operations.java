package dev.weir.core;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What operators look at and change. */
final class Operations {
  /** What a page of items holds at most, so that telling it takes a few milliseconds. */
  static final long PAGE_BYTES_MAX = 1 << 20;

  private final Floor floor;
  private final QueueState state;

  Operations(Floor floor) {
    this.floor = floor;
    this.state = floor.state;
  }

  void manage(Command.Manage command, Caller caller, Step step) {
    if (command instanceof Command.Stats) {
      step.answer(caller, stats(step.nowMs()));
    } else if (command instanceof Command.Waiting waiting) {
      step.answer(caller, waiting(waiting, step.nowMs()));
    } else if (command instanceof Command.Peek peek) {
      step.answer(caller, peek(peek));
    } else if (command instanceof Command.Pause pause) {
      pause(pause, caller, step);
    } else if (command instanceof Command.Purge purge) {
      purge(purge, caller, step);
    } else if (command instanceof Command.Kick kick) {
      kick(kick, caller, step);
    } else if (command instanceof Command.Configure configure) {
      configure(configure, caller, step);
    } else if (command instanceof Command.Created created) {
      audited("create", created.by(), caller, state.settings().durability().word, 1, step);
    } else if (command instanceof Command.Audit audit) {
      step.answer(caller, audit(audit));
    } else {
      throw new IllegalStateException("no such command: " + command);
    }
  }

  Reply.Stats stats(long nowMs) {
    Map<ItemState, Integer> counts = new EnumMap<>(ItemState.class);
    for (ItemState of : ItemState.values()) {
      counts.put(of, state.count(of));
    }
    Item oldest = state.items().in(ItemState.READY).first();
    return new Reply.Stats(
        counts,
        state.bytes(),
        state.settings(),
        pausedSides(),
        floor.producers.size(),
        floor.consumers.size(),
        oldest == null ? null : Math.max(0, nowMs - oldest.putAtMs()),
        floor.rates.quick(nowMs),
        floor.rates.minute(nowMs),
        floor.rates.totals(),
        floor.produceWaits.summary(nowMs),
        floor.consumeWaits.summary(nowMs));
  }

  private List<Side> pausedSides() {
    List<Side> paused = new ArrayList<>(2);
    for (Side side : Side.values()) {
      if (state.isPaused(side)) {
        paused.add(side);
      }
    }
    return paused;
  }

  private Reply.Waiting waiting(Command.Waiting waiting, long nowMs) {
    List<Reply.Waiter> found = new ArrayList<>();
    long before = 0;
    if (waiting.side() == Side.PRODUCE) {
      for (PutWaiter waiter : floor.producers.first(waiting.max())) {
        before += waiter.put().items().size() - waiter.next();
        found.add(
            new Reply.Waiter(
                waiter.put().producer(),
                waiter.sinceMs(),
                found.size() + 1,
                waiter.put().items().size(),
                waiter.next(),
                waiter.dueAtMs(),
                floor.rates.expectedMs(Total.ACKED, before, nowMs)));
      }
      return new Reply.Waiting(found, floor.producers.size());
    }
    for (TakeWaiter waiter : floor.consumers.first(waiting.max())) {
      found.add(
          new Reply.Waiter(
              waiter.take().consumer(),
              waiter.sinceMs(),
              found.size() + 1,
              waiter.take().max(),
              0,
              waiter.dueAtMs(),
              floor.rates.expectedMs(Total.PUT, ++before, nowMs)));
    }
    return new Reply.Waiting(found, floor.consumers.size());
  }

  private Reply.Peeked peek(Command.Peek peek) {
    List<Reply.Seen> seen = new ArrayList<>();
    if (peek.state() == ItemState.LEASED) {
      for (Lease lease : state.items().leases().all().from(peek.fromId(), peek.max() + 1)) {
        seen.add(new Reply.Seen(lease.item(), ItemState.LEASED, lease));
      }
    } else {
      for (Item item : state.items().in(peek.state()).from(peek.fromId(), peek.max() + 1)) {
        seen.add(new Reply.Seen(item, peek.state(), null));
      }
    }
    return bounded(seen, peek.max());
  }

  /** Cuts a page at {@code max} items and at its bytes, and says where it goes on. */
  private Reply.Peeked bounded(List<Reply.Seen> seen, int max) {
    long bytesMax = Math.min(PAGE_BYTES_MAX, floor.limit(Limit.BATCH_BYTES_MAX));
    long bytes = 0;
    for (int place = 0; place < seen.size(); place++) {
      bytes += seen.get(place).item().sizeBytes();
      if (place == max || place > 0 && bytes > bytesMax) {
        return new Reply.Peeked(seen.subList(0, place), seen.get(place).item().id());
      }
    }
    return new Reply.Peeked(seen, null);
  }

  private void audited(String op, String by, Caller caller, String detail, long count, Step step) {
    String from = caller == null ? null : caller.from();
    step.emit(new Event.Audited(step.nowMs(), op, by, from, detail, count));
  }

  private void pause(Command.Pause pause, Caller caller, Step step) {
    if (state.isPaused(pause.side()) != pause.paused()) {
      boolean produce =
          pause.side() == Side.PRODUCE ? pause.paused() : state.isPaused(Side.PRODUCE);
      boolean consume =
          pause.side() == Side.CONSUME ? pause.paused() : state.isPaused(Side.CONSUME);
      step.emit(new Event.SidesPaused(step.nowMs(), produce, consume));
    }
    String op = pause.paused() ? "pause" : "resume";
    audited(op, pause.by(), caller, pause.side().word, 1, step);
    step.answer(caller, new Reply.Paused(pausedSides()));
  }

  private void purge(Command.Purge purge, Caller caller, Step step) {
    int most = Math.min(purge.max(), step.left());
    List<Long> ids = new ArrayList<>();
    long putBeforeMs =
        purge.olderThanMs() == 0 ? Long.MAX_VALUE : step.nowMs() - purge.olderThanMs();
    if (purge.state() == ItemState.LEASED) {
      for (Lease lease : state.items().leases().all().from(Long.MIN_VALUE, most)) {
        addIfOld(lease.item(), putBeforeMs, ids);
      }
    } else {
      for (Item item : state.items().in(purge.state()).from(Long.MIN_VALUE, most)) {
        addIfOld(item, putBeforeMs, ids);
      }
    }
    if (!ids.isEmpty()) {
      step.emit(new Event.ItemsPurged(step.nowMs(), purge.state(), ids));
      floor.rates.add(Total.PURGED, ids.size(), step.nowMs());
      step.count(ids.size());
    }
    int purged = purge.purged() + ids.size();
    int rest = purge.max() - ids.size();
    if (rest > 0 && ids.size() == most) {
      step.again(
          new Command.Purge(purge.state(), rest, purge.olderThanMs(), purge.by(), purged), caller);
    } else {
      audited("purge", purge.by(), caller, purge.state().word(), purged, step);
      step.answer(caller, new Reply.Purged(purged));
    }
  }

  private static void addIfOld(Item item, long putBeforeMs, List<Long> ids) {
    if (item.putAtMs() < putBeforeMs) {
      ids.add(item.id());
    }
  }

  private void kick(Command.Kick kick, Caller caller, Step step) {
    ItemState of = state.items().find(kick.id());
    if (of != ItemState.DEAD && of != ItemState.HELD && of != ItemState.DELAYED) {
      String sentence = "no dead, held or delayed item has the id " + kick.id();
      floor.refuse(step, caller, Refusal.NO_SUCH_ITEM, sentence);
      return;
    }
    if (of == ItemState.DEAD && !hasRoomFor(state.items().in(of).get(kick.id()))) {
      step.answer(caller, new Reply.Kicked(false));
      return;
    }
    step.emit(new Event.ItemKicked(step.nowMs(), kick.id()));
    floor.pending.add(step.next(), kick.id(), kick.id());
    audited("kick", kick.by(), caller, String.valueOf(kick.id()), 1, step);
    step.answer(caller, new Reply.Kicked(true));
  }

  /** Room for one that comes back from the dead: those in line were there before it. */
  private boolean hasRoomFor(Item item) {
    return floor.producers.isEmpty()
        && state.count() < floor.limit(Limit.CAPACITY)
        && state.bytes() + item.sizeBytes() <= floor.limit(Limit.CAPACITY_BYTES);
  }

  private void configure(Command.Configure configure, Caller caller, Step step) {
    Settings changed = state.settings().with(configure.limits());
    if (configure.retryDelay() != null) {
      changed = changed.with(configure.retryDelay());
    }
    String problem = changed.problem().orElse(null);
    if (problem != null) {
      floor.refuse(step, caller, Refusal.BAD_REQUEST, problem);
      return;
    }
    step.emit(new Event.Configured(step.nowMs(), changed));
    audited("configure", configure.by(), caller, detail(configure), 1, step);
    step.answer(caller, new Reply.Configured(changed));
  }

  private static String detail(Command.Configure configure) {
    List<String> parts = new ArrayList<>();
    configure.limits().forEach((limit, value) -> parts.add(limit.word + "=" + value));
    if (configure.retryDelay() != null) {
      parts.add(configure.retryDelay().toString());
    }
    return String.join(" ", parts);
  }

  private Reply.Audit audit(Command.Audit audit) {
    List<Event.Audited> all = state.audit();
    java.util.Collections.reverse(all);
    return new Reply.Audit(all.subList(0, Math.min(audit.max(), all.size())));
  }
}
