package dev.weir.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * 100,000 random commands against the naive queue: answers and states are equal at every step. Run
 * again with {@code -Dweir.seed=N}.
 */
class ModelTest {
  private static final int COMMANDS = 100_000;
  private static final Settings TIGHT =
      Settings.DEFAULT
          .with(
              Map.of(
                  Limit.CAPACITY, 6L,
                  Limit.CAPACITY_BYTES, 40L,
                  Limit.ITEM_BYTES_MAX, 12L,
                  Limit.BATCH_BYTES_MAX, 30L,
                  Limit.BATCH_ITEMS_MAX, 4L,
                  Limit.ATTEMPTS_MAX, 3L,
                  Limit.DEAD_CAPACITY, 2L))
          .with(
              Map.of(
                  Limit.SESSIONS_MAX, 3L,
                  Limit.SESSION_WINDOW, 5L,
                  Limit.DEDUPE_MS, 2000L,
                  Limit.DEDUPE_KEYS_MAX, 4L,
                  Limit.ACKS_REMEMBERED, 6L,
                  Limit.WAITERS_MAX, 4L,
                  Limit.AUDIT_MAX, 10L));

  private final long seed = Long.getLong("weir.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final Driver driver = new Driver(TIGHT);
  private final NaiveQueue naive = new NaiveQueue(TIGHT);
  private final List<LeaseRef> seen = new ArrayList<>();
  private final Set<Long> fences = new HashSet<>();
  private final Map<String, Long> nextSeq = new HashMap<>();
  private long callers;
  private long highestFence;

  @Test
  void theQueueDoesWhatTheNaiveQueueDoes() {
    System.out.println("model test: -Dweir.seed=" + seed);
    driver.flushAtOnce = false;
    for (int count = 0; count < COMMANDS; count++) {
      String where = "seed " + seed + ", command " + count;
      driver.nowMs += random.nextInt(10) == 0 ? random.nextInt(3000) : random.nextInt(20);
      if (random.nextInt(3) == 0) {
        driver.durable = driver.position;
      }
      oneCommand(where);
      compareStates(where);
    }
    QueueState replayed = new QueueState(TIGHT);
    driver.journal.forEach(replayed::apply);
    assertEquals(
        AnswerText.of(driver.queue.state()),
        AnswerText.of(replayed),
        "seed " + seed + ": the replay of the events");
    assertEquals(
        AnswerText.of(replayed),
        AnswerText.of(QueueState.restored(replayed.freeze())),
        "seed " + seed + ": frozen and restored");
  }

  private void oneCommand(String where) {
    String who = "w" + ++callers;
    String from = "node/door-" + random.nextInt(4);
    switch (random.nextInt(20)) {
      case 0, 1, 2, 3, 4, 5 -> {
        Command.Put put = put();
        both(where, who, from, put, n -> n.lines.put(who, from, put));
      }
      case 6, 7, 8, 9, 10 -> {
        Command.Take take = take();
        both(where, who, from, take, n -> n.lines.take(who, from, take));
      }
      case 11, 12 -> {
        List<LeaseRef> refs = refs();
        both(where, who, from, new Command.Ack("c", refs), n -> n.answer(who, n.ack(refs)));
      }
      case 13, 14 -> {
        List<LeaseRef> refs = refs();
        long delayMs = random.nextInt(3) == 0 ? random.nextInt(2) * 300L : -1;
        boolean bury = random.nextInt(6) == 0;
        Command nack = new Command.Nack("c", refs, delayMs, "no", bury);
        both(where, who, from, nack, n -> n.answer(who, n.nack(refs, delayMs, bury)));
      }
      case 15 -> {
        List<LeaseRef> refs = refs();
        Command extend = new Command.Extend("c", refs, 700);
        both(where, who, from, extend, n -> n.answer(who, n.extend(refs, 700)));
      }
      case 16 -> both(where, who, from, new Command.Tick(), n -> {});
      case 17 -> {
        boolean unheard = random.nextBoolean();
        Command gone = new Command.Gone(from, List.of(), unheard);
        both(where, who, from, gone, n -> n.gone(from, unheard));
      }
      default -> operate(where, who, from);
    }
  }

  private void operate(String where, String who, String from) {
    switch (random.nextInt(4)) {
      case 0 -> {
        Side side = Side.values()[random.nextInt(2)];
        boolean paused = random.nextInt(3) == 0;
        both(
            where,
            who,
            from,
            new Command.Pause(side, paused, "me"),
            n -> {
              n.paused.put(side, paused);
              n.changed = true;
              n.answer(who, "paused");
            });
      }
      case 1 -> {
        ItemState[] states = {
          ItemState.READY, ItemState.DELAYED, ItemState.LEASED, ItemState.DEAD, ItemState.HELD
        };
        ItemState state = states[random.nextInt(states.length)];
        int max = 1 + random.nextInt(2);
        Command purge = new Command.Purge(state, max, 0, "me", 0);
        both(where, who, from, purge, n -> n.answer(who, n.purge(state, max)));
      }
      case 2 -> {
        long id = Math.max(1, naive.nextId - random.nextInt(15));
        Command kick = new Command.Kick(id, "me");
        both(where, who, from, kick, n -> n.answer(who, n.kick(id)));
      }
      default -> {
        long capacity = 3 + random.nextInt(5);
        both(
            where,
            who,
            from,
            new Command.Configure(Map.of(Limit.CAPACITY, capacity), null, "me"),
            n -> {
              n.limits.put(Limit.CAPACITY, capacity);
              n.changed = true;
              n.answer(who, "configured");
            });
      }
    }
  }

  private Command.Put put() {
    List<Command.PutItem> items = new ArrayList<>();
    for (int count = 1 + random.nextInt(random.nextInt(3) + 1); count > 0; count--) {
      String key = random.nextInt(4) == 0 ? "k" + random.nextInt(6) : null;
      String body = key == null ? "b".repeat(1 + random.nextInt(9)) : "k" + random.nextInt(2);
      items.add(new Command.PutItem(Body.of(body), key, random.nextInt(5) == 0 ? 200 : 0));
    }
    long waitMs = random.nextBoolean() ? 0 : random.nextInt(1500);
    if (random.nextBoolean()) {
      return new Command.Put("p", waitMs, null, -1, items);
    }
    String session = "s" + random.nextInt(4);
    long next = nextSeq.getOrDefault(session, 0L);
    long seq = Math.max(0, next - random.nextInt(8) + 2);
    nextSeq.put(session, Math.max(next, seq + items.size()));
    return new Command.Put("p", waitMs, session, seq, items);
  }

  private Command.Take take() {
    long waitMs = random.nextBoolean() ? 0 : random.nextInt(1500);
    String ticket = random.nextInt(4) == 0 ? "t" + random.nextInt(3) : null;
    List<LeaseRef> acks = random.nextInt(3) == 0 ? refs() : List.of();
    boolean autoAck = random.nextInt(8) == 0;
    return new Command.Take("c", 1 + random.nextInt(3), waitMs, 500, ticket, acks, autoAck);
  }

  /** Leases of late and of old. */
  private List<LeaseRef> refs() {
    List<LeaseRef> refs = new ArrayList<>();
    for (int count = 1 + random.nextInt(2); count > 0; count--) {
      int back = Math.min(seen.size(), 1 + random.nextInt(6));
      LeaseRef ref = seen.isEmpty() ? new LeaseRef(1, 1) : seen.get(seen.size() - back);
      refs.add(random.nextInt(10) == 0 ? new LeaseRef(ref.id(), ref.fence() + 1) : ref);
    }
    return refs.stream().distinct().toList();
  }

  private void both(
      String where, String who, String from, Command command, Consumer<NaiveQueue> naively) {
    List<String> real =
        driver.step(command, new Driver.Someone(who, from)).stream()
            .peek(this::checkFences)
            .map(AnswerText::of)
            .toList();
    List<String> expected = naive.step(driver.nowMs, driver.durable, () -> naively.accept(naive));
    assertEquals(expected, real, where + ", " + command);
  }

  /** Every lease has a fence that was never given before, and higher than all of them. */
  private void checkFences(Answer answer) {
    if (answer.reply() instanceof Reply.Taken taken) {
      for (Lease lease : taken.leases()) {
        assertTrue(lease.fence() > highestFence && fences.add(lease.fence()));
        highestFence = lease.fence();
        seen.add(new LeaseRef(lease.id(), lease.fence()));
      }
    }
  }

  private void compareStates(String where) {
    QueueState state = driver.queue.state();
    for (ItemState of : ItemState.values()) {
      assertEquals(naive.in(of).size(), state.count(of), where + ": " + of.word());
    }
    assertEquals(naive.count(), state.count(), where);
    assertEquals(naive.bytes(), state.bytes(), where);
    assertEquals(naive.deadBytes(), state.deadBytes(), where);
    assertEquals(naive.nextId, state.nextId(), where);
    assertEquals(naive.position, driver.position, where + ": position");
    assertEquals(naive.lines.puts.size(), driver.queue.waiting(Side.PRODUCE), where);
    assertEquals(naive.lines.takes.size(), driver.queue.waiting(Side.CONSUME), where);
    assertTrue(state.bytes() <= TIGHT.get(Limit.CAPACITY_BYTES), where);
  }
}
