package dev.weir.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Counts are for good, quantiles for the last one to two minutes. */
class DistributionTest {
  private final Distribution times = new Distribution(Distribution.Scale.MILLIS);

  @Test
  void aValueCountsUnderTheFirstBoundThatHoldsIt() {
    for (long value : new long[] {-5, 0, 1, 2, 3, 600_000, 600_001}) {
      times.record(value, 0);
    }
    Distribution.View view = times.view(0);
    long[] expected = new long[Distribution.Scale.MILLIS.bounds().length + 1];
    expected[0] = 3;
    expected[1] = 1;
    expected[2] = 1;
    expected[expected.length - 2] = 1;
    expected[expected.length - 1] = 1;
    assertArrayEquals(expected, view.counts());
    assertEquals(0 + 0 + 1 + 2 + 3 + 600_000 + 600_001, view.sum());
  }

  @Test
  void quantilesForgetAndCountsDoNot() {
    for (int value = 1; value <= 100; value++) {
      times.record(value, 0);
    }
    assertEquals(new Distribution.Summary(50, 99, 100), times.summary(59_999));
    times.record(7, 60_000);
    assertEquals(100, times.summary(119_999).max(), "the minute before is still known");
    assertEquals(new Distribution.Summary(7, 7, 7), times.summary(120_000));
    assertEquals(new Distribution.Summary(0, 0, 0), times.summary(300_000));
    assertEquals(101, Arrays.stream(times.view(300_000).counts()).sum());
  }

  @Test
  void boundsRise() {
    for (Distribution.Scale scale : Distribution.Scale.values()) {
      long[] bounds = scale.bounds();
      long[] sorted = bounds.clone();
      Arrays.sort(sorted);
      assertArrayEquals(sorted, bounds);
      assertEquals(bounds.length, Arrays.stream(bounds).distinct().count());
    }
  }
}
