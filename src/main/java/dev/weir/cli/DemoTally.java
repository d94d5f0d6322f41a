package dev.weir.cli;

import java.util.List;
import java.util.Locale;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** How often one client was served, and how long it waited each time. */
final class DemoTally {
  private final String who;
  private final Histogram waitedMicros = new ConcurrentHistogram(3);

  DemoTally(String who) {
    this.who = who;
  }

  String who() {
    return who;
  }

  void waited(long nanos) {
    waitedMicros.recordValue(nanos / 1000);
  }

  static void print(List<DemoTally> tallies) {
    System.out.println();
    System.out.printf(
        Locale.ROOT,
        "%-14s %8s %12s %12s %12s%n",
        "client",
        "items",
        "mean wait ms",
        "p99 ms",
        "longest ms");
    for (DemoTally tally : tallies) {
      Histogram waits = tally.waitedMicros;
      System.out.printf(
          Locale.ROOT,
          "%-14s %8d %12.1f %12.1f %12.1f%n",
          tally.who,
          waits.getTotalCount(),
          waits.getTotalCount() == 0 ? 0 : waits.getMean() / 1000,
          waits.getValueAtPercentile(99) / 1000.0,
          waits.getMaxValue() / 1000.0);
    }
    evenness("producers", tallies, "Producer");
    evenness("consumers", tallies, "Consumer");
  }

  /** The most served client's items over the least served one's: 1.00 is perfectly even. */
  private static void evenness(String side, List<DemoTally> tallies, String role) {
    long most = 0;
    long least = Long.MAX_VALUE;
    for (DemoTally tally : tallies) {
      if (tally.who.startsWith(role)) {
        most = Math.max(most, tally.waitedMicros.getTotalCount());
        least = Math.min(least, tally.waitedMicros.getTotalCount());
      }
    }
    String ratio =
        least == 0 || most == 0 ? "-" : String.format(Locale.ROOT, "%.2f", (double) most / least);
    System.out.println("evenness of " + side + " (most items / least items): " + ratio);
  }
}
