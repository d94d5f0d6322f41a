package dev.weir.bench.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Puts that are flushed before the answer, beside the bare journal of Artemis and a bare write +
 * fdatasync, in one run. Sides take turns; the median of the rounds counts. Arguments say how many
 * are outstanding: 1, 64 and 1024 without any.
 */
public final class JournalBench {
  private static final Path DIRECTORY = Path.of("target/bench-journal");
  private static final int RECORD_BYTES = 136;
  private static final int ROUNDS = 9;
  private static final double SECONDS = 1.5;

  private JournalBench() {}

  public static void main(String[] args) throws Exception {
    int[] depths =
        args.length == 0
            ? new int[] {1, 64, 1024}
            : Stream.of(args).mapToInt(Integer::parseInt).toArray();
    delete(DIRECTORY);
    Files.createDirectories(DIRECTORY.resolve("artemis"));
    byte[] bytes = new byte[RECORD_BYTES - 32];
    try (Side artemis = new ArtemisSide(DIRECTORY.resolve("artemis"), bytes);
        Side serial = new SerialSide(DIRECTORY.resolve("serial"), RECORD_BYTES);
        Side bare = new BareSide(DIRECTORY.resolve("bare"), bytes);
        Side memory = new WeirSide(DIRECTORY.resolve("memory"), false, 1, false, 1);
        Side put = new WeirSide(DIRECTORY.resolve("put1"), true, 1, false, 1);
        Side put2 = new WeirSide(DIRECTORY.resolve("put2"), true, 1, false, 2);
        Side client = new WeirSide(DIRECTORY.resolve("client1"), true, 1, true, 1);
        Side client2 = new WeirSide(DIRECTORY.resolve("client2"), true, 1, true, 2);
        Side hundreds = new WeirSide(DIRECTORY.resolve("hundreds"), true, 100, false, 2);
        Side hundreds2 = new WeirSide(DIRECTORY.resolve("hundreds2"), true, 100, true, 2)) {
      List<Side> all =
          List.of(artemis, serial, bare, memory, put, put2, client, client2, hundreds, hundreds2);
      for (int outstanding : depths) {
        compare(
            outstanding, all.stream().filter(side -> side.takes(outstanding)).toList(), artemis);
      }
    } finally {
      delete(DIRECTORY);
    }
  }

  private static void compare(int outstanding, List<Side> sides, Side base) throws Exception {
    double[][] rates = new double[sides.size()][ROUNDS];
    for (int round = -1; round < ROUNDS; round++) {
      for (int i = 0; i < sides.size(); i++) {
        double rate = Rate.perSecond(sides.get(i), outstanding, SECONDS);
        if (round >= 0) {
          rates[i][round] = rate;
        }
      }
    }
    double yardstick = median(rates[sides.indexOf(base)]);
    System.out.printf("%d outstanding, records/s; and times \"%s\"%n", outstanding, base.name());
    for (int i = 0; i < sides.size(); i++) {
      double rate = median(rates[i]);
      System.out.printf("  %-28s %,11.0f   %.2f%n", sides.get(i).name(), rate, rate / yardstick);
    }
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    java.util.Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  static void delete(Path directory) throws IOException {
    if (Files.exists(directory)) {
      try (Stream<Path> files = Files.walk(directory)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
