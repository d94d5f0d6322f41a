package dev.weir.core;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Lets items in: as many as there is room for, first come first served, each one once.
 *
 * <p>A request is worked on item by item. A duplicate needs no room and no turn; the first item
 * that is new and finds no room ends the run, and the request waits with what is left of it.
 */
final class Admission {
  private final Floor floor;
  private final QueueState state;
  private final WaitingKeys waitingKeys = new WaitingKeys();
  private long waitingBytes;

  Admission(Floor floor) {
    this.floor = floor;
    this.state = floor.state;
  }

  void put(Command.Put put, Caller caller, Step step) {
    PutWaiter earlier = floor.producers.resendOf(PutWaiter.markOf(put));
    Reply.Refused refused = new PutCheck(floor, waitingKeys).check(put, step.nowMs());
    if (refused != null) {
      floor.refuse(step, caller, refused.why(), refused.sentence());
      return;
    }
    long untilMs = step.nowMs() + put.waitMs();
    if (earlier != null) {
      leave(earlier);
      PutWaiter resend = new PutWaiter(earlier.id(), earlier.sinceMs(), untilMs, caller, put);
      arrive(resend, floor.producers.isEmpty() || resend.id() < floor.producers.first().id(), step);
    } else {
      PutWaiter fresh = new PutWaiter(floor.nextArrival(), step.nowMs(), untilMs, caller, put);
      arrive(fresh, floor.producers.isEmpty(), step);
    }
  }

  private void arrive(PutWaiter waiter, boolean isFirst, Step step) {
    Reply.Refused failed = advance(waiter, isFirst && !isPaused(), step);
    if (failed != null || waiter.isComplete() || waiter.put().waitMs() == 0) {
      end(waiter, failed, step);
    } else if (isLineFull(waiter)) {
      String sentence = "the line of producers is full";
      end(waiter, new Reply.Refused(Refusal.TOO_MANY_WAITING, sentence), step);
    } else {
      join(waiter);
    }
  }

  /** Where somebody is in line already nothing of this request is in yet: it can be refused. */
  private boolean isLineFull(PutWaiter waiter) {
    return floor.producers.size() >= floor.limit(Limit.WAITERS_MAX)
        || !floor.producers.isEmpty()
            && waitingBytes + waiter.restBytes() > floor.limit(Limit.WAITERS_BYTES_MAX);
  }

  private boolean isPaused() {
    return state.isPaused(Side.PRODUCE);
  }

  private void join(PutWaiter waiter) {
    floor.producers.add(waiter);
    waitingKeys.hold(waiter.put());
    waitingBytes += waiter.restBytes();
  }

  /** Takes a waiter out of the line, unanswered. */
  void leave(PutWaiter waiter) {
    floor.producers.remove(waiter);
    waitingKeys.letGo(waiter.put());
    waitingBytes -= waiter.restBytes();
  }

  /** Lets in those whose turn has come. */
  void admit(Step step) {
    while (!floor.producers.isEmpty() && step.hasRoom()) {
      PutWaiter waiter = floor.producers.first();
      long before = waiter.restBytes();
      Reply.Refused failed = advance(waiter, !isPaused(), step);
      waitingBytes -= before - waiter.restBytes();
      if (failed == null && !waiter.isComplete()) {
        return;
      }
      leave(waiter);
      end(waiter, failed, step);
    }
  }

  /** Ends the waits that are over. */
  void timeOut(Step step) {
    PutWaiter waiter;
    while (step.hasRoom() && (waiter = floor.producers.due(step.nowMs())) != null) {
      leave(waiter);
      step.count(1);
      end(waiter, advance(waiter, false, step), step);
    }
  }

  /** Tells everybody in line that the queue is served no longer. */
  void close(Command.Close close, Step step) {
    while (!floor.producers.isEmpty() && step.hasRoom()) {
      PutWaiter waiter = floor.producers.first();
      leave(waiter);
      step.count(1);
      end(waiter, new Reply.Refused(close.why(), close.sentence()), step);
    }
  }

  /** A request with items already in ends in a reply, never in a refusal. */
  private void end(PutWaiter waiter, Reply.Refused failed, Step step) {
    if (failed != null && waiter.ids().isEmpty()) {
      floor.refuse(step, waiter.caller(), failed.why(), failed.sentence());
      return;
    }
    long nowMs = step.nowMs();
    floor.rates.add(Total.DUPLICATES, waiter.duplicates().size(), nowMs);
    boolean stored = waiter.isComplete();
    if (stored) {
      floor.produceWaits.record(nowMs - waiter.sinceMs(), nowMs);
    }
    step.answer(
        waiter.caller(),
        new Reply.Put(
            stored,
            waiter.ids(),
            waiter.duplicates(),
            floor.producers.size(),
            stored ? null : expectedWaitMs(nowMs),
            !stored && isPaused()));
  }

  private Long expectedWaitMs(long nowMs) {
    return floor.rates.expectedMs(Total.ACKED, floor.producers.size() + 1L, nowMs);
  }

  /** Goes on with a request as far as it comes; a refusal says why it can not go on at all. */
  private Reply.Refused advance(PutWaiter waiter, boolean mayStore, Step step) {
    Run run = new Run(waiter, step);
    while (!waiter.isComplete()) {
      long known = run.idOfNext();
      if (known == Session.TOO_OLD) {
        run.finish();
        return PutCheck.tooOld(waiter.nextSeq());
      }
      if (known != Session.UNKNOWN) {
        waiter.duplicate(known);
        continue;
      }
      if (!mayStore || !run.fits()) {
        break;
      }
      if (run.needsSession()) {
        return PutCheck.tooManySessions(floor.limit(Limit.SESSIONS_MAX));
      }
      run.store();
    }
    run.finish();
    return null;
  }

  /** Items of one request that enter together, as one event. */
  private final class Run {
    private final PutWaiter waiter;
    private final Step step;
    private final List<Event.NewItem> items = new ArrayList<>();
    private Map<String, Long> keys;
    private long bytes;

    Run(PutWaiter waiter, Step step) {
      this.waiter = waiter;
      this.step = step;
    }

    /** The id that the next item has already, or what its session says of it. */
    long idOfNext() {
      long dedupeMs = floor.limit(Limit.DEDUPE_MS);
      Command.Put put = waiter.put();
      Session session = state.sessions().find(put.session(), step.nowMs(), dedupeMs);
      long id = session == null ? Session.UNKNOWN : session.idOf(waiter.nextSeq());
      String key = waiter.nextItem().key();
      if (id != Session.UNKNOWN || key == null) {
        return id;
      }
      Keys.Key known = state.keys().find(key, step.nowMs(), dedupeMs);
      return known != null ? known.id() : keys == null ? id : keys.getOrDefault(key, id);
    }

    boolean fits() {
      return state.count() + items.size() < floor.limit(Limit.CAPACITY)
          && state.bytes() + bytes + waiter.nextItem().body().sizeBytes()
              <= floor.limit(Limit.CAPACITY_BYTES);
    }

    /** Whether the item would begin a session where there are too many. */
    boolean needsSession() {
      String session = waiter.put().session();
      return session != null
          && items.isEmpty()
          && PutCheck.lacksSession(floor, session, step.nowMs());
    }

    void store() {
      Command.PutItem item = waiter.nextItem();
      long id = state.nextId() + items.size();
      long dueAtMs = item.delayMs() == 0 ? 0 : step.nowMs() + item.delayMs();
      items.add(new Event.NewItem(id, waiter.nextSeq(), item.key(), dueAtMs, item.body()));
      if (item.key() != null) {
        keys = keys == null ? new HashMap<>() : keys;
        keys.put(item.key(), id);
      }
      bytes += item.body().sizeBytes();
      waiter.stored(id);
      step.count(1);
    }

    void finish() {
      if (items.isEmpty()) {
        return;
      }
      Command.Put put = waiter.put();
      step.emit(new Event.ItemsStored(step.nowMs(), put.producer(), put.session(), items));
      for (Event.NewItem item : items) {
        if (item.dueAtMs() == 0) {
          floor.pending.add(step.next(), item.id(), item.id());
        }
      }
      floor.rates.add(Total.PUT, items.size(), step.nowMs());
    }
  }
}
