package dev.weir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weir.it.Checker.Wrong;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A checker that finds nothing must be one that could. */
class CheckerTest {
  private static final long EPOCH = 1L << 22;
  private final Checker checker = new Checker();

  @BeforeEach
  void twoItems() {
    checker.isPut("p/0");
    checker.isPut("p/1");
    checker.stored("p", 0, 1);
    checker.stored("p", 1, 2);
  }

  private void finds(Wrong what) {
    assertEquals(1, checker.count(what), checker.findings().toString());
    assertEquals(2, checker.findings().size(), checker.findings().toString());
  }

  @Test
  void aGoodHistoryHasNoFindings() {
    checker.stored("p", 0, 1);
    checker.delivered("p/0", 1, EPOCH + 1, 1);
    checker.delivered("p/1", 2, EPOCH + 2, 1);
    checker.delivered("p/0", 1, 2 * EPOCH + 1, 1);
    checker.delivered("p/1", 2, 2 * EPOCH + 2, 2);
    checker.acked("p/0");
    checker.acked("p/1");
    checker.counted(5, 5);
    checker.drained();
    assertEquals(List.of(), checker.findings());
  }

  @Test
  void lost() {
    checker.delivered("p/0", 1, EPOCH + 1, 1);
    checker.acked("p/0");
    checker.drained();
    finds(Wrong.LOST);
  }

  @Test
  void duplicatedAfterItsAck() {
    checker.delivered("p/0", 1, EPOCH + 1, 1);
    checker.acked("p/0");
    checker.delivered("p/0", 1, EPOCH + 2, 2);
    finds(Wrong.DUPLICATED_AFTER_ACK);
  }

  @Test
  void neverPut() {
    checker.delivered("p/7", 8, EPOCH + 1, 1);
    finds(Wrong.UNEXPECTED);
  }

  @Test
  void storedTwice() {
    checker.stored("p", 1, 9);
    finds(Wrong.UNEXPECTED);
  }

  @Test
  void anIdUsedTwice() {
    checker.isPut("q/0");
    checker.stored("q", 0, 2);
    finds(Wrong.UNEXPECTED);
  }

  @Test
  void handedOutInTheWrongOrder() {
    checker.delivered("p/1", 2, EPOCH + 1, 1);
    checker.delivered("p/0", 1, EPOCH + 2, 1);
    finds(Wrong.OUT_OF_ORDER);
  }

  @Test
  void storedInTheWrongOrder() {
    checker.isPut("q/0");
    checker.isPut("q/1");
    checker.stored("q", 0, 12);
    checker.stored("q", 1, 11);
    finds(Wrong.OUT_OF_ORDER);
  }

  @Test
  void aFenceUsedTwice() {
    checker.delivered("p/0", 1, EPOCH + 1, 2);
    checker.delivered("p/0", 1, EPOCH + 1, 3);
    finds(Wrong.OUT_OF_ORDER);
  }

  @Test
  void anEpochThatFalls() {
    checker.delivered("p/0", 1, 2 * EPOCH + 1, 1);
    checker.delivered("p/1", 2, EPOCH + 1, 1);
    finds(Wrong.OUT_OF_ORDER);
  }

  @Test
  void overBound() {
    checker.counted(6, 5);
    finds(Wrong.OVER_BOUND);
  }
}
