package dev.weir.core;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The two wait lines of the naive queue, and what becomes of who stands in them. */
final class NaiveLines {

  /** A put and how far it has come. */
  record PutIn(
      String who,
      String from,
      Command.Put put,
      long until,
      long arrival,
      List<Long> ids,
      List<Integer> duplicates) {
    boolean complete() {
      return ids.size() == put.items().size();
    }
  }

  /** A take in line. */
  record TakeIn(
      String who, String from, Command.Take take, long until, long arrival, String acks) {}

  private static final long NEW = -1;
  private static final long TOO_OLD = -2;

  private final NaiveQueue queue;
  private final NaiveMemory memory;
  final List<PutIn> puts = new ArrayList<>();
  final List<TakeIn> takes = new ArrayList<>();
  private long arrivals;

  NaiveLines(NaiveQueue queue) {
    this.queue = queue;
    this.memory = new NaiveMemory(queue);
  }

  void put(String who, String from, Command.Put put) {
    String refused = refusal(put);
    if (refused != null) {
      queue.answer(who, refused);
      return;
    }
    PutIn earlier =
        puts.stream()
            .filter(w -> put.session() != null && put.session().equals(w.put.session()))
            .filter(w -> w.put.seq() == put.seq())
            .findFirst()
            .orElse(null);
    int place = earlier == null ? puts.size() : puts.indexOf(earlier);
    puts.remove(earlier);
    PutIn waiter =
        new PutIn(
            who,
            from,
            put,
            queue.now + put.waitMs(),
            earlier == null ? ++arrivals : earlier.arrival,
            new ArrayList<>(),
            new ArrayList<>());
    String failed = advance(waiter, place == 0 && !queue.isPaused(Side.PRODUCE));
    if (failed != null || waiter.complete() || put.waitMs() == 0) {
      end(waiter, failed);
    } else if (puts.size() >= queue.limit(Limit.WAITERS_MAX)) {
      end(waiter, "TOO_MANY_WAITING");
    } else {
      puts.add(place, waiter);
    }
  }

  private String refusal(Command.Put put) {
    if (put.session() != null) {
      NaiveQueue.Stream known = memory.young(put.session());
      if (known == null && memory.sessionsAreFull()) {
        return "TOO_MANY_SESSIONS";
      }
      if (known != null && put.seq() <= known.floor) {
        return "TOO_OLD";
      }
    }
    Map<String, String> own = new LinkedHashMap<>();
    for (Command.PutItem item : put.items()) {
      if (item.key() != null) {
        String body = item.body().toString();
        String other = own.putIfAbsent(item.key(), body);
        if (other != null && !other.equals(body) || conflicts(item.key(), body)) {
          return "CONFLICT";
        }
      }
    }
    return null;
  }

  private boolean conflicts(String key, String body) {
    NaiveQueue.Known known = memory.youngKey(key);
    if (known != null) {
      return !known.body().equals(body);
    }
    return puts.stream()
        .flatMap(w -> w.put.items().stream())
        .anyMatch(item -> key.equals(item.key()) && !item.body().toString().equals(body));
  }

  private long known(PutIn waiter) {
    int place = waiter.ids.size();
    Command.PutItem item = waiter.put.items().get(place);
    if (waiter.put.session() != null) {
      NaiveQueue.Stream session = memory.young(waiter.put.session());
      long seq = waiter.put.seq() + place;
      if (session != null && seq <= session.floor) {
        return TOO_OLD;
      }
      if (session != null && session.ids.containsKey(seq)) {
        return session.ids.get(seq);
      }
    }
    NaiveQueue.Known key = item.key() == null ? null : memory.judgedKey(item.key());
    return key == null ? NEW : key.id();
  }

  private String advance(PutIn waiter, boolean mayStore) {
    memory.judgeKeys();
    while (!waiter.complete()) {
      long known = known(waiter);
      if (known == TOO_OLD) {
        return "TOO_OLD";
      }
      if (known != NEW) {
        waiter.duplicates.add(waiter.ids.size());
        waiter.ids.add(known);
        continue;
      }
      Command.PutItem item = waiter.put.items().get(waiter.ids.size());
      if (!mayStore
          || queue.count() >= queue.limit(Limit.CAPACITY)
          || queue.bytes() + item.body().sizeBytes() > queue.limit(Limit.CAPACITY_BYTES)) {
        return null;
      }
      String session = waiter.put.session();
      if (session != null && memory.young(session) == null && memory.sessionsAreFull()) {
        return "TOO_MANY_SESSIONS";
      }
      store(waiter, item);
    }
    return null;
  }

  private void store(PutIn waiter, Command.PutItem item) {
    NaiveQueue.Thing thing = new NaiveQueue.Thing();
    thing.id = queue.nextId++;
    thing.putAt = queue.now;
    thing.body = item.body().toString();
    thing.state = item.delayMs() > 0 ? ItemState.DELAYED : ItemState.STORED;
    thing.dueAt = queue.now + item.delayMs();
    thing.readyAtPosition = queue.position + 1;
    queue.things.add(thing);
    queue.changed = true;
    memory.remember(waiter.put, waiter.ids.size(), item, thing.id);
    waiter.ids.add(thing.id);
  }

  private void end(PutIn waiter, String failed) {
    if (failed != null && waiter.ids.isEmpty()) {
      queue.answer(waiter.who, failed);
    } else {
      boolean paused = !waiter.complete() && queue.isPaused(Side.PRODUCE);
      queue.answer(
          waiter.who,
          "stored %s %s duplicates %s waiting %d paused %s"
              .formatted(waiter.complete(), waiter.ids, waiter.duplicates, puts.size(), paused));
    }
  }

  void admit() {
    while (!puts.isEmpty()) {
      PutIn waiter = puts.get(0);
      String failed = advance(waiter, !queue.isPaused(Side.PRODUCE));
      if (failed == null && !waiter.complete()) {
        return;
      }
      puts.remove(0);
      end(waiter, failed);
    }
  }

  void take(String who, String from, Command.Take take) {
    TakeIn earlier =
        takes.stream()
            .filter(w -> take.ticket() != null && take.ticket().equals(w.take.ticket()))
            .filter(w -> take.consumer().equals(w.take.consumer()))
            .findFirst()
            .orElse(null);
    int place = earlier == null ? takes.size() : takes.indexOf(earlier);
    boolean first = takes.isEmpty() || place == 0;
    boolean now = first && canServe();
    if (!now
        && take.waitMs() > 0
        && earlier == null
        && takes.size() >= queue.limit(Limit.WAITERS_MAX)) {
      queue.answer(who, "TOO_MANY_WAITING");
      return;
    }
    takes.remove(earlier);
    String acks = take.acks().isEmpty() ? "[] lost []" : queue.ack(take.acks());
    TakeIn waiter =
        new TakeIn(
            who,
            from,
            take,
            queue.now + take.waitMs(),
            earlier == null ? ++arrivals : earlier.arrival,
            acks);
    if (now) {
      serve(waiter);
    } else if (take.waitMs() == 0) {
      empty(waiter);
    } else {
      takes.add(place, waiter);
    }
  }

  private boolean canServe() {
    return !queue.isPaused(Side.CONSUME) && !queue.in(ItemState.READY).isEmpty();
  }

  void serve() {
    while (!takes.isEmpty() && canServe()) {
      TakeIn waiter = takes.get(0);
      serve(waiter);
      takes.remove(0);
    }
  }

  private void serve(TakeIn waiter) {
    List<String> leases = new ArrayList<>();
    long bytes = 0;
    long most = Math.min(waiter.take.max(), queue.limit(Limit.BATCH_ITEMS_MAX));
    for (NaiveQueue.Thing thing : queue.in(ItemState.READY)) {
      bytes += thing.body.length();
      if (leases.size() == most
          || !leases.isEmpty() && bytes > queue.limit(Limit.BATCH_BYTES_MAX)) {
        break;
      }
      thing.state = ItemState.LEASED;
      thing.fence = ++queue.fence;
      thing.leaseEnd = queue.now + waiter.take.leaseMs();
      thing.from = waiter.from;
      leases.add(thing.id + "/" + thing.fence + "/" + (thing.attempts + 1) + "/" + thing.leaseEnd);
      if (waiter.take.autoAck()) {
        queue.things.remove(thing);
        queue.remember(new LeaseRef(thing.id, thing.fence));
      }
    }
    queue.changed = true;
    // whoever is being served is in line no longer, but the queue counts before taking him out
    queue.answer(waiter.who, "taken " + leases + " acks " + waiter.acks);
  }

  private void empty(TakeIn waiter) {
    queue.answer(
        waiter.who, "empty paused " + queue.isPaused(Side.CONSUME) + " acks " + waiter.acks);
  }

  void timeOut() {
    puts.stream()
        .filter(w -> w.until <= queue.now)
        .sorted(Comparator.comparingLong(PutIn::until).thenComparing(PutIn::arrival))
        .toList()
        .forEach(
            waiter -> {
              puts.remove(waiter);
              end(waiter, advance(waiter, false));
            });
    takes.stream()
        .filter(w -> w.until <= queue.now)
        .sorted(Comparator.comparingLong(TakeIn::until).thenComparing(TakeIn::arrival))
        .toList()
        .forEach(
            waiter -> {
              takes.remove(waiter);
              empty(waiter);
            });
  }
}
