package dev.weir.bench.journal;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;

/** How long a put takes at 500 a second, beside a bare write + fdatasync of the same bytes. */
public final class LatencyBench {
  private static final int PER_SECOND = 500;
  private static final int SECONDS = 10;
  private static final int ROUNDS = 3;

  private LatencyBench() {}

  public static void main(String[] args) throws Exception {
    Files.createDirectories(Path.of("target"));
    Path directory = Files.createTempDirectory(Path.of("target"), "bench-latency");
    ConcurrentHistogram serial = new ConcurrentHistogram(3);
    ConcurrentHistogram put = new ConcurrentHistogram(3);
    try (Side bare = new SerialSide(directory.resolve("serial"), 136);
        Side weir = new WeirSide(directory.resolve("put"), true, 1, false, 2)) {
      measure(weir, new ConcurrentHistogram(3));
      for (int round = 0; round < ROUNDS; round++) {
        measure(bare, serial);
        measure(weir, put);
      }
    }
    for (double percentile : new double[] {50, 99}) {
      long bare = serial.getValueAtPercentile(percentile) / 1000;
      long weir = put.getValueAtPercentile(percentile) / 1000;
      System.out.printf(
          "p%.0f: write + fdatasync %d us, put %d us: %.2f times%n",
          percentile, bare, weir, (double) weir / bare);
    }
    JournalBench.delete(directory);
  }

  /** Sent when they are due, whether or not the one before is answered. */
  private static void measure(Side side, ConcurrentHistogram into) throws InterruptedException {
    int count = PER_SECOND * SECONDS;
    CountDownLatch answered = new CountDownLatch(count);
    long began = System.nanoTime();
    for (int i = 0; i < count; i++) {
      long due = began + i * 1_000_000_000L / PER_SECOND;
      while (System.nanoTime() < due) {
        LockSupport.parkNanos(due - System.nanoTime());
      }
      long sent = System.nanoTime();
      side.begin(
          () -> {
            into.recordValue(System.nanoTime() - sent);
            answered.countDown();
          });
    }
    answered.await();
  }
}
