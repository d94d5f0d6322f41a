package dev.weir.core;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The queue of docs/protocol.md in plain lists and scans: slow, and easy to believe. */
final class NaiveQueue {

  /** An item in whatever state. */
  static final class Thing {
    long id;
    long putAt;
    long dueAt;
    int attempts;
    String body;
    ItemState state;
    long readyAtPosition;
    long fence;
    long leaseEnd;
    String from;
  }

  /** A session: numbers to ids, and below what it has forgotten. */
  static final class Stream {
    final TreeMap<Long, Long> ids = new TreeMap<>();
    long floor = -1;
    long lastPut;
  }

  /** A key with what it was stored with. */
  record Known(String body, long id, long at) {}

  final Map<Limit, Long> limits;
  final RetryDelay retry;
  final List<Thing> things = new ArrayList<>();
  final LinkedHashMap<String, Stream> sessions = new LinkedHashMap<>();
  final LinkedHashMap<String, Known> keys = new LinkedHashMap<>();
  final List<LeaseRef> acked = new ArrayList<>();
  final NaiveLines lines = new NaiveLines(this);
  final Map<Side, Boolean> paused = new HashMap<>();
  final List<String> answers = new ArrayList<>();
  long nextId = 1;
  long fence;
  long now;
  long position;
  boolean changed;

  NaiveQueue(Settings settings) {
    limits = new HashMap<>(settings.limits());
    retry = settings.retryDelay();
  }

  long limit(Limit limit) {
    return limits.get(limit);
  }

  boolean isPaused(Side side) {
    return paused.getOrDefault(side, false);
  }

  /** One step, as the queue documents it: what is due, the command, what became possible. */
  List<String> step(long nowMs, long durable, Runnable command) {
    now = nowMs;
    changed = false;
    answers.clear();
    endLeases();
    endDelays();
    things.stream()
        .filter(t -> t.state == ItemState.STORED && t.readyAtPosition <= durable)
        .forEach(t -> t.state = ItemState.READY);
    command.run();
    bury();
    lines.admit();
    lines.serve();
    lines.timeOut();
    if (changed) {
      position++;
    }
    return List.copyOf(answers);
  }

  List<Thing> in(ItemState state) {
    return things.stream()
        .filter(t -> t.state == state)
        .sorted(Comparator.comparingLong(t -> t.id))
        .toList();
  }

  Thing find(long id) {
    return things.stream().filter(t -> t.id == id).findFirst().orElse(null);
  }

  long count() {
    return things.stream().filter(t -> t.state != ItemState.DEAD).count();
  }

  long bytes() {
    return things.stream()
        .filter(t -> t.state != ItemState.DEAD)
        .mapToLong(t -> t.body.length())
        .sum();
  }

  long deadBytes() {
    return in(ItemState.DEAD).stream().mapToLong(t -> t.body.length()).sum();
  }

  private void endLeases() {
    in(ItemState.LEASED).stream()
        .filter(t -> t.leaseEnd <= now)
        .sorted(Comparator.comparingLong((Thing t) -> t.leaseEnd).thenComparing(t -> t.id))
        .forEach(t -> giveBack(t, true, 0, false));
  }

  private void endDelays() {
    in(ItemState.DELAYED).stream()
        .filter(t -> t.dueAt <= now)
        .sorted(Comparator.comparingLong((Thing t) -> t.dueAt).thenComparing(t -> t.id))
        .forEach(
            t -> {
              t.state = ItemState.STORED;
              t.readyAtPosition = changed ? position + 1 : position;
            });
  }

  void giveBack(Thing thing, boolean counted, long delayMs, boolean bury) {
    changed = true;
    thing.attempts += counted ? 1 : 0;
    if (counted && (bury || thing.attempts >= limit(Limit.ATTEMPTS_MAX))) {
      thing.state =
          in(ItemState.HELD).isEmpty() && fitsDead(thing) ? ItemState.DEAD : ItemState.HELD;
    } else if (delayMs > 0) {
      thing.state = ItemState.DELAYED;
      thing.dueAt = now + delayMs;
    } else {
      thing.state = ItemState.STORED;
      thing.readyAtPosition = position + 1;
    }
  }

  private boolean fitsDead(Thing thing) {
    return in(ItemState.DEAD).size() < limit(Limit.DEAD_CAPACITY)
        && deadBytes() + thing.body.length() <= limit(Limit.DEAD_CAPACITY_BYTES);
  }

  private void bury() {
    for (Thing held : in(ItemState.HELD)) {
      if (!fitsDead(held)) {
        return;
      }
      held.state = ItemState.DEAD;
      changed = true;
    }
  }

  void answer(String who, Object text) {
    answers.add(who + ": " + text);
  }

  boolean isLive(LeaseRef ref) {
    Thing thing = find(ref.id());
    return thing != null && thing.state == ItemState.LEASED && thing.fence == ref.fence();
  }

  /** What is not there is judged by how things were when the request came. */
  String ack(List<LeaseRef> refs) {
    Map<LeaseRef, String> before = new HashMap<>();
    List<LeaseRef> remembered = List.copyOf(acked);
    refs.forEach(ref -> before.put(ref, lost(ref)));
    List<Long> done = new ArrayList<>();
    List<String> lost = new ArrayList<>();
    for (LeaseRef ref : refs) {
      if (isLive(ref)) {
        things.remove(find(ref.id()));
        remember(ref);
        done.add(ref.id());
      } else if (remembered.contains(ref)) {
        done.add(ref.id());
      } else {
        lost.add(before.get(ref));
      }
    }
    return done + " lost " + lost;
  }

  void remember(LeaseRef ref) {
    changed = true;
    acked.add(ref);
    while (acked.size() > limit(Limit.ACKS_REMEMBERED)) {
      acked.remove(0);
    }
  }

  String lost(LeaseRef ref) {
    return ref.id() + (find(ref.id()) == null ? "-gone" : "-lease-lost");
  }

  String nack(List<LeaseRef> refs, long delayMs, boolean bury) {
    List<Long> done = new ArrayList<>();
    List<String> lost = new ArrayList<>();
    for (LeaseRef ref : refs) {
      if (isLive(ref)) {
        Thing thing = find(ref.id());
        long delay = delayMs >= 0 ? delayMs : retry.afterMs(thing.id, thing.attempts + 1);
        giveBack(thing, true, delay, bury);
        done.add(ref.id());
      } else {
        lost.add(lost(ref));
      }
    }
    return done + " lost " + lost;
  }

  String extend(List<LeaseRef> refs, long leaseMs) {
    List<Long> done = new ArrayList<>();
    List<String> lost = new ArrayList<>();
    for (LeaseRef ref : refs) {
      if (isLive(ref)) {
        find(ref.id()).leaseEnd = now + leaseMs;
        changed = true;
        done.add(ref.id());
      } else {
        lost.add(lost(ref));
      }
    }
    return done + " lost " + lost;
  }

  String purge(ItemState state, int max) {
    List<Thing> purged = in(state).stream().limit(max).toList();
    things.removeAll(purged);
    changed = true;
    return "purged " + purged.size();
  }

  String kick(long id) {
    Thing thing = find(id);
    boolean kickable =
        thing != null
            && List.of(ItemState.DEAD, ItemState.HELD, ItemState.DELAYED).contains(thing.state);
    if (!kickable) {
      return "NO_SUCH_ITEM";
    }
    if (thing.state == ItemState.DEAD
        && (!lines.puts.isEmpty()
            || count() >= limit(Limit.CAPACITY)
            || bytes() + thing.body.length() > limit(Limit.CAPACITY_BYTES))) {
      return "kicked false";
    }
    thing.state = ItemState.STORED;
    thing.attempts = 0;
    thing.readyAtPosition = position + 1;
    changed = true;
    return "kicked true";
  }

  void gone(String from, boolean unheard) {
    lines.puts.removeIf(waiter -> from.equals(waiter.from()));
    lines.takes.removeIf(waiter -> from.equals(waiter.from()));
    for (Thing thing : in(ItemState.LEASED)) {
      if (from.equals(thing.from)) {
        giveBack(thing, !unheard, 0, false);
      }
    }
  }
}
