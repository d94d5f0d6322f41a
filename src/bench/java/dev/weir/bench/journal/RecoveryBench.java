package dev.weir.bench.journal;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A million items of 100 bytes: how long a start takes from the log and from a snapshot, what an
 * item takes of the heap, and how long the event loop is held while a snapshot is taken.
 */
public final class RecoveryBench {
  private static final int ITEMS = 1_000_000;
  private static final int BATCH = 100;
  private static final int BODY_BYTES = 100;

  private RecoveryBench() {}

  public static void main(String[] args) throws Exception {
    Files.createDirectories(Path.of("target"));
    Path directory = Files.createTempDirectory(Path.of("target"), "bench-recovery");
    long before = usedBytes();
    try (WeirSide side = new WeirSide(directory, true, BATCH, false, 1)) {
      AtomicLong left = new AtomicLong(ITEMS / BATCH);
      side.fill(left);
      System.out.printf(
          "heap after a collection: bodies + %d bytes an item%n",
          (usedBytes() - before) / ITEMS - BODY_BYTES);
    }
    long log = start(directory, side -> {});
    System.out.printf("start from the log of %,d items: %d ms%n", ITEMS, log);
    start(
        directory,
        side -> {
          for (int round = 1; round <= 4; round++) {
            System.out.printf("snapshot %d: %s%n", round, side.checkpoint());
          }
        });
    long snapshot = start(directory, side -> {});
    System.out.printf("start from a snapshot of %,d items: %d ms%n", ITEMS, snapshot);
    JournalBench.delete(directory);
  }

  /** Something done with a queue that was started. */
  private interface Use {
    void of(WeirSide side) throws Exception;
  }

  private static long start(Path directory, Use use) throws Exception {
    long began = System.nanoTime();
    try (WeirSide side = new WeirSide(directory, true, BATCH, false, 1)) {
      long ms = (System.nanoTime() - began) / 1_000_000;
      if (side.readyCount() != ITEMS) {
        throw new IllegalStateException(side.readyCount() + " items came back");
      }
      use.of(side);
      return ms;
    }
  }

  private static long usedBytes() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      System.gc();
      Runtime runtime = Runtime.getRuntime();
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least;
  }
}
