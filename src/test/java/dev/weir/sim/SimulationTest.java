package dev.weir.sim;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.weir.journal.LocalJournal;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Whole lives of a queue from seeds: clients that resend, a disk that tears, loses and fails,
 * processes and machines that stop anywhere. {@code -Dweir.seed=N} runs one seed, {@code
 * -Dweir.seeds=N} so many.
 */
class SimulationTest {

  /** Full and failing disks are what these tests are about: their warnings are not news. */
  private static final Logger QUIET = Logger.getLogger(LocalJournal.class.getName());

  @BeforeAll
  static void quiet() {
    QUIET.setLevel(Level.OFF);
  }

  @Test
  void nothingStoredIsEverLost() {
    long first = Long.getLong("weir.seed", 1);
    long count = Long.getLong("weir.seed") == null ? Long.getLong("weir.seeds", 1000) : 1;
    Totals totals = new Totals();
    for (long seed = first; seed < first + count; seed++) {
      try {
        totals.add(new World(seed).run());
      } catch (AssertionError | RuntimeException e) {
        fail(
            "seed %d; again with: mvn test -Dtest=SimulationTest -DargLine=-Dweir.seed=%d"
                .formatted(seed, seed),
            e);
      }
    }
    System.out.println("simulation: " + count + " seeds from " + first + ", " + totals);
    assertTrue(totals.stored > count && totals.delivered > count && totals.deaths >= count);
  }

  /** What happened in all of them: a simulation in which nothing happens proves nothing. */
  static final class Totals {
    private long stored;
    private long delivered;
    private long deaths;
    private long snapshots;
    private long cut;

    void add(World world) {
      stored += world.history.storedCount();
      delivered += world.history.deliveryCount();
      deaths += world.deaths;
      snapshots += world.snapshots;
      cut += world.cutBatches;
    }

    @Override
    public String toString() {
      return "%d items stored, %d handed out, %d deaths, %d snapshots, %d batches cut"
          .formatted(stored, delivered, deaths, snapshots, cut);
    }
  }
}
