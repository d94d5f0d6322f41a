package dev.weir.sim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** What is in a file, and what of it is safe. */
final class SimulatedContent {
  private static final int SECTOR_BYTES = 512;

  byte[] now = new byte[0];
  byte[] safe = new byte[0];
  private final List<int[]> unflushed = new ArrayList<>();
  private final List<int[]> clean = new ArrayList<>();

  void write(byte[] bytes, int at) {
    if (at + bytes.length > now.length) {
      now = Arrays.copyOf(now, at + bytes.length);
    }
    System.arraycopy(bytes, 0, now, at, bytes.length);
    unflushed.add(new int[] {at, at + bytes.length});
  }

  void flush() {
    for (int[] range : unflushed) {
      keep(range[0], range[1]);
    }
    unflushed.clear();
  }

  /** What was written counts as clean from now on. */
  void flushFailed() {
    clean.addAll(unflushed);
    unflushed.clear();
  }

  private void keep(int from, int to) {
    if (to > safe.length) {
      safe = Arrays.copyOf(safe, to);
    }
    System.arraycopy(now, from, safe, from, to - from);
  }

  void crash(Random random) {
    unflushed.addAll(clean);
    clean.clear();
    for (int[] range : unflushed) {
      int fate = random.nextInt(3);
      for (int at = range[0]; at < range[1]; ) {
        int end = Math.min(range[1], (at / SECTOR_BYTES + 1) * SECTOR_BYTES);
        if (fate == 0 || fate == 1 && random.nextBoolean()) {
          keep(at, end);
        }
        at = end;
      }
    }
    unflushed.clear();
    now = safe.clone();
  }
}
