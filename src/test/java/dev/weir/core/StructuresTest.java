package dev.weir.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The structures of the core against those of the JDK, with random work from a printed seed. */
class StructuresTest {
  private final long seed = Long.getLong("weir.seed", System.nanoTime());
  private final Random random = new Random(seed);

  /** Something with an id and a value. */
  private record Thing(long id, int value) implements Identified {}

  /** Something that is due. */
  private static final class Due extends Timed {
    final long at;
    final long number;

    Due(long at, long number) {
      this.at = at;
      this.number = number;
    }

    @Override
    long dueAtMs() {
      return at;
    }

    @Override
    long order() {
      return number;
    }
  }

  private static List<Thing> all(Iterable<Thing> things) {
    List<Thing> list = new ArrayList<>();
    things.forEach(list::add);
    return list;
  }

  @Test
  void anIdSetIsASortedMapAndAFrozenOneStays() {
    IdSet<Thing> set = new IdSet<>();
    TreeMap<Long, Thing> model = new TreeMap<>();
    IdSet.Frozen<Thing> frozen = set.freeze();
    List<Thing> atFreeze = List.of();
    for (int step = 0; step < 200_000; step++) {
      int grows = step / 20_000 % 2 == 0 ? 6 : 3;
      long id =
          switch (step / 50_000 % 3) {
            case 0 -> step;
            case 1 -> 300_000 - step;
            default -> random.nextInt(5000);
          };
      if (random.nextInt(9) < grows) {
        Thing thing = new Thing(id, step);
        set.add(thing);
        model.put(id, thing);
      } else if (!model.isEmpty()) {
        long from = random.nextBoolean() ? model.firstKey() : random.nextInt(300_000);
        Long gone = model.ceilingKey(from);
        assertEquals(
            gone == null ? null : model.remove(gone), gone == null ? null : set.remove(gone));
      }
      assertEquals(model.size(), set.size(), "seed " + seed);
      assertEquals(model.isEmpty() ? null : model.firstEntry().getValue(), set.first());
      if (step % 5000 == 0) {
        assertEquals(atFreeze, all(frozen), "seed " + seed + ": a frozen copy changed");
        assertEquals(List.copyOf(model.values()), all(set), "seed " + seed);
        long from = random.nextInt(300_000);
        List<Thing> some = model.tailMap(from).values().stream().limit(300).toList();
        assertEquals(some, set.from(from, 300), "seed " + seed);
        frozen = set.freeze();
        atFreeze = List.copyOf(model.values());
      }
    }
  }

  @Test
  void deadlinesComeInOrderWhateverLeaves() {
    Deadlines<Due> deadlines = new Deadlines<>();
    TreeSet<Due> model = new TreeSet<>((a, b) -> a == b ? 0 : a.isBefore(b) ? -1 : 1);
    for (int step = 0; step < 100_000; step++) {
      if (model.isEmpty() || random.nextInt(5) < 3) {
        Due due = new Due(random.nextInt(1000), step);
        deadlines.add(due);
        model.add(due);
      } else if (random.nextBoolean()) {
        Due first = model.pollFirst();
        assertEquals(first, deadlines.due(Long.MAX_VALUE), "seed " + seed);
        deadlines.remove(first);
      } else {
        Due any = model.ceiling(new Due(random.nextInt(1000), 0));
        if (any != null) {
          model.remove(any);
          deadlines.remove(any);
        }
      }
      assertEquals(model.isEmpty() ? Long.MAX_VALUE : model.first().at, deadlines.nextAtMs());
      assertEquals(model.size(), deadlines.size());
    }
  }

  @Test
  void theLastAcksAreRememberedAndNoOthers() {
    AckMemory memory = new AckMemory();
    ArrayDeque<LeaseRef> model = new ArrayDeque<>();
    for (int step = 1; step < 50_000; step++) {
      LeaseRef ref = new LeaseRef(random.nextInt(1000), step * 7L);
      memory.remember(ref.id(), ref.fence(), 500);
      model.addLast(ref);
      LeaseRef forgotten = model.size() > 500 ? model.pollFirst() : new LeaseRef(1, 0);
      assertTrue(!memory.contains(forgotten.id(), forgotten.fence()), "seed " + seed);
      assertTrue(memory.contains(ref.id(), ref.fence()));
      assertTrue(!memory.contains(ref.id() + 1, ref.fence()));
      assertTrue(memory.contains(model.peekFirst().id(), model.peekFirst().fence()));
      assertEquals(model.size(), memory.size());
    }
  }

  @Test
  void aSessionKnowsItsLastNumbers() {
    Session session = new Session("s");
    TreeMap<Long, Long> model = new TreeMap<>();
    long floor = -1;
    long next = 0;
    for (long id = 1; id < 20_000; id++) {
      long seq = random.nextInt(4) > 0 ? next : Math.max(0, next - random.nextInt(60) + 20);
      if (seq > floor && !model.containsKey(seq)) {
        session.remember(seq, id, id, 50);
        model.put(seq, id);
        next = Math.max(next, seq + 1);
        if (model.size() > 50) {
          floor = model.pollFirstEntry().getKey();
        }
      }
      long asked = Math.max(0, next - random.nextInt(80));
      long expected = asked <= floor ? Session.TOO_OLD : model.getOrDefault(asked, Session.UNKNOWN);
      assertEquals(expected, session.idOf(asked), "seed " + seed);
    }
  }

  @Test
  void theDelayOfARetryGrowsToItsBoundAndIsTheSameInAReplay() {
    RetryDelay delay = new RetryDelay(100, 2, 1000, 0.2);
    for (int attempt = 1; attempt < 9; attempt++) {
      double plain = Math.min(1000, 100 * Math.pow(2, attempt - 1));
      long actual = delay.afterMs(7, attempt);
      assertTrue(Math.abs(actual - plain) <= plain * 0.2 + 1);
      assertEquals(actual, delay.afterMs(7, attempt));
    }
  }
}
