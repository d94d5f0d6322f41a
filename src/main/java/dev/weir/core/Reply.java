package dev.weir.core;

import java.util.List;
import java.util.Map;

/** What a queue answers. Instants are milliseconds since the epoch; durations end in Ms. */
public sealed interface Reply {

  /** Calls the handler's method for this kind of reply. */
  <T> T handle(Handler<T> handler);

  /** One method per kind of reply. */
  interface Handler<T> {
    T put(Put put);

    T taken(Taken taken);

    T leases(Leases leases);

    T stats(Stats stats);

    T waiting(Waiting waiting);

    T peeked(Peeked peeked);

    T paused(Paused paused);

    T purged(Purged purged);

    T kicked(Kicked kicked);

    T configured(Configured configured);

    T audit(Audit audit);

    T refused(Refused refused);
  }

  /**
   * How a put ended: stored when {@code ids} names all items.
   *
   * @param ids of the first items, those that are in
   * @param duplicates the places of those that were in before
   * @param waiting how many are in line
   * @param expectedWaitMs null when nothing drains
   */
  record Put(
      boolean stored,
      List<Long> ids,
      List<Integer> duplicates,
      int waiting,
      Long expectedWaitMs,
      boolean paused)
      implements Reply {
    @Override
    public <T> T handle(Handler<T> handler) {
      return handler.put(this);
    }
  }

  /** A lease that was asked for and is refused. */
  record LostLease(long id, String reason) {}

  /** What became of each lease that was named. */
  record Leases(List<Long> done, List<LostLease> refused) implements Reply {
    public static final Leases NONE = new Leases(List.of(), List.of());

    @Override
    public <T> T handle(Handler<T> handler) {
      return handler.leases(this);
    }
  }

  /** How a take ended: empty when there are no leases. */
  record Taken(List<Lease> leases, Leases acks, int waiting, boolean paused) implements Reply {
    @Override
    public <T> T handle(Handler<T> handler) {
      return handler.taken(this);
    }
  }

  /** One request in a wait line; {@code stored} of its {@code items} are in. */
  record Waiter(
      String who,
      long sinceAtMs,
      int place,
      int items,
      int stored,
      long untilAtMs,
      Long expectedWaitMs) {}

  /** Who waits on one side: the first of {@code total}. */
  record Waiting(List<Waiter> waiting, int total) implements Reply {
    @Override
    public <T> T handle(Handler<T> handler) {
      return handler.waiting(this);
    }
  }

  /**
   * An item as an operator sees it.
   *
   * @param lease null when it is not leased
   */
  record Seen(Item item, ItemState state, Lease lease) {}

  /**
   * Some items of one state.
   *
   * @param next where to go on, null at the end
   */
  record Peeked(List<Seen> items, Long next) implements Reply {
    @Override
    public <T> T handle(Handler<T> handler) {
      return handler.peeked(this);
    }
  }

  /** Which sides are paused. */
  record Paused(List<Side> sides) implements Reply {
    @Override
    public <T> T handle(Handler<T> handler) {
      return handler.paused(this);
    }
  }

  /** How many items were thrown away. */
  record Purged(int purged) implements Reply {
    @Override
    public <T> T handle(Handler<T> handler) {
      return handler.purged(this);
    }
  }

  /** Whether there was room for a kicked item. */
  record Kicked(boolean done) implements Reply {
    @Override
    public <T> T handle(Handler<T> handler) {
      return handler.kicked(this);
    }
  }

  /** The settings in force now. */
  record Configured(Settings settings) implements Reply {
    @Override
    public <T> T handle(Handler<T> handler) {
      return handler.configured(this);
    }
  }

  /** The last changes, the newest first. */
  record Audit(List<Event.Audited> changes) implements Reply {
    @Override
    public <T> T handle(Handler<T> handler) {
      return handler.audit(this);
    }
  }

  /** The figures of a queue; {@code oldestReadyMs} is null when nothing is ready. */
  record Stats(
      Map<ItemState, Integer> counts,
      long bytes,
      Settings settings,
      List<Side> paused,
      int waitingProduce,
      int waitingConsume,
      Long oldestReadyMs,
      Rates.PerSecond perSecond,
      Rates.PerSecond perSecond60,
      Map<Total, Long> totals,
      Distribution.Summary waitProduce,
      Distribution.Summary waitConsume)
      implements Reply {
    @Override
    public <T> T handle(Handler<T> handler) {
      return handler.stats(this);
    }
  }

  /** A refusal with a sentence for the caller. */
  record Refused(Refusal why, String sentence) implements Reply {
    @Override
    public <T> T handle(Handler<T> handler) {
      return handler.refused(this);
    }
  }
}
