package dev.weir.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.sim.SimulatedDisk;
import dev.weir.sim.SimulatedThreads;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every journal promises. */
class JournalContractTest {

  /** The journals there are. */
  enum Kind {
    MEMORY,
    LOCAL;

    Rig opened() {
      if (this == LOCAL) {
        return Rig.opened(new SimulatedDisk());
      }
      SimulatedThreads threads = new SimulatedThreads();
      return new MemoryRig(threads).rig.open();
    }
  }

  /** A memory journal calls back on the rig's context. */
  private static final class MemoryRig {
    final Rig rig;

    MemoryRig(SimulatedThreads threads) {
      Rig[] made = new Rig[1];
      made[0] =
          new Rig(null, new MemoryJournal(1, task -> made[0].threads.context().execute(task)));
      rig = made[0];
    }
  }

  @ParameterizedTest
  @EnumSource
  void positionsAreDense(Kind kind) {
    Rig rig = kind.opened();
    long first = rig.opened.result().position();
    assertEquals(first + 1, rig.append("a"));
    assertEquals(first + 2, rig.append("b"));
    rig.threads.runAll();
    assertEquals(first + 3, rig.append("c"));
    assertEquals(first + 3, rig.journal.stats().position());
  }

  @ParameterizedTest
  @EnumSource
  void nothingIsDurableWithinTheCallThatAppendsIt(Kind kind) {
    Rig rig = kind.opened();
    rig.append("a");
    assertEquals(List.of(), rig.durable);
    rig.threads.runAll();
    assertEquals(rig.journal.stats().position(), rig.lastDurable());
  }

  @ParameterizedTest
  @EnumSource
  void whatIsDurableOnlyRisesAndReachesTheEnd(Kind kind) {
    Rig rig = kind.opened();
    for (int i = 0; i < 100; i++) {
      rig.append("batch " + i);
      if (i % 7 == 0) {
        rig.threads.runAll();
      }
    }
    rig.threads.runAll();
    assertEquals(rig.durable.stream().sorted().distinct().toList(), rig.durable);
    assertEquals(rig.journal.stats().position(), rig.lastDurable());
    assertEquals(rig.journal.stats().durable(), rig.lastDurable());
  }

  @ParameterizedTest
  @EnumSource
  void anEpochIsARecordOfItsOwn(Kind kind) {
    Rig rig = kind.opened();
    long epoch = rig.opened.result().epoch();
    long position = rig.append("a");
    assertEquals(position + 1, rig.journal.raiseEpoch());
    assertEquals(position + 2, rig.append("b"));
    rig.threads.runAll();
    assertEquals(epoch + 1, rig.journal.stats().epoch());
    assertEquals(position + 2, rig.lastDurable());
  }

  @ParameterizedTest
  @EnumSource
  void aCheckpointCompletes(Kind kind) {
    Rig rig = kind.opened();
    long position = rig.append("a");
    Future<Long> done = rig.checkpoint(position, "state", "more state");
    rig.append("b");
    rig.threads.runAll();
    assertTrue(done.succeeded(), String.valueOf(done.cause()));
    assertEquals(position + 1, rig.lastDurable());
  }

  @ParameterizedTest
  @EnumSource
  void closeFlushesWhatWasAppended(Kind kind) {
    Rig rig = kind.opened();
    long position = Stream.of("a", "b", "c").mapToLong(rig::append).max().orElseThrow();
    Future<Void> closed = rig.journal.close();
    rig.threads.runAll();
    assertTrue(closed.succeeded());
    assertEquals(position, rig.lastDurable());
  }

  @ParameterizedTest
  @EnumSource
  void nothingCanBeAppendedToAClosedJournal(Kind kind) {
    Rig rig = kind.opened();
    rig.close();
    assertThrows(IllegalStateException.class, () -> rig.journal.append(Buffer.buffer("late")));
  }
}
