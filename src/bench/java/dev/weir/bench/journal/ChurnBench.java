package dev.weir.bench.journal;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Fills and drains a queue over and over at full speed for two minutes, and watches how many bytes
 * its journal takes on the disk: never over four times what is alive plus 256 MiB.
 */
public final class ChurnBench {
  private static final long SECONDS = Long.getLong("seconds", 120);
  private static final long SLACK = 256L << 20;
  private static final int BATCH = 100;

  private ChurnBench() {}

  public static void main(String[] args) throws Exception {
    Files.createDirectories(Path.of("target"));
    Path directory = Files.createTempDirectory(Path.of("target"), "bench-churn");
    Random random = new Random(1);
    long end = System.nanoTime() + SECONDS * 1_000_000_000L;
    double worst = 0;
    String atWorst = "";
    long moved = 0;
    long most = 0;
    try (WeirSide side = new WeirSide(directory, true, BATCH, false, 2)) {
      while (System.nanoTime() < end) {
        int length = random.nextInt(4) == 0 ? 20_000 : 100;
        int batches = random.nextInt(length > 1000 ? 150 : 3000);
        for (int i = 0; i < batches && System.nanoTime() < end; i++) {
          put(side, length);
          moved += (long) BATCH * length;
          if (i % 20 == 0) {
            double now = ratio(side, directory);
            if (now > worst) {
              worst = now;
              atWorst = files(side, directory);
            }
            most = Math.max(most, onDisk(directory));
          }
        }
        boolean all = random.nextBoolean();
        for (int i = 0; i < batches && drain(side); i++) {
          if (i % 20 == 0) {
            double now = ratio(side, directory);
            if (now > worst) {
              worst = now;
              atWorst = files(side, directory);
            }
          }
          if (!all && i > batches / 2) {
            break;
          }
        }
      }
      JsonObject journal = side.ask("manage", "{\"op\":\"stats\"}").getJsonObject("journal");
      System.out.printf(
          "%d s of churn: %,d MiB put, %d snapshots, at most %,d MiB on the disk; worst share of"
              + " (4 x live + 256 MiB): %.2f (%s)%n",
          SECONDS, moved >> 20, journal.getInteger("snapshots"), most >> 20, worst, atWorst);
    }
    JournalBench.delete(directory);
  }

  private static void put(WeirSide side, int length) {
    JsonArray items = new JsonArray();
    JsonObject body = new JsonObject().put("v", "x".repeat(length));
    for (int i = 0; i < BATCH; i++) {
      items.add(new JsonObject().put("body", body));
    }
    JsonObject put = new JsonObject().put("op", "put").put("producer", "p").put("items", items);
    side.ask("produce", put);
  }

  private static boolean drain(WeirSide side) {
    JsonObject taken =
        side.ask("consume", "{\"op\":\"take\",\"consumer\":\"c\",\"max\":" + BATCH + "}");
    JsonArray leases = new JsonArray();
    for (Object entry : taken.getJsonArray("items", new JsonArray())) {
      JsonObject item = (JsonObject) entry;
      leases.add(
          new JsonObject().put("id", item.getLong("id")).put("fence", item.getLong("fence")));
    }
    if (!leases.isEmpty()) {
      side.ask(
          "consume", new JsonObject().put("op", "ack").put("consumer", "c").put("leases", leases));
    }
    return !leases.isEmpty();
  }

  private static double ratio(WeirSide side, Path directory) throws IOException {
    JsonObject stats = side.ask("manage", "{\"op\":\"stats\"}");
    return onDisk(directory) / (4.0 * stats.getLong("bytes") + SLACK);
  }

  /** What there is at this moment, in MiB. */
  private static String files(WeirSide side, Path directory) throws IOException {
    long live = side.ask("manage", "{\"op\":\"stats\"}").getLong("bytes");
    java.util.Map<String, Long> kinds = new java.util.TreeMap<>();
    try (Stream<Path> files = Files.list(directory.resolve("journal"))) {
      for (Path file : files.toList()) {
        kinds.merge(file.getFileName().toString().replaceAll("-.*", ""), size(file), Long::sum);
      }
    }
    kinds.replaceAll((kind, bytes) -> bytes >> 20);
    return "live " + (live >> 20) + ", " + kinds;
  }

  private static long onDisk(Path directory) throws IOException {
    long sum = 0;
    try (Stream<Path> files = Files.list(directory.resolve("journal"))) {
      for (Path file : files.toList()) {
        sum += size(file);
      }
    }
    return sum;
  }

  private static long size(Path file) throws IOException {
    try {
      return Files.size(file);
    } catch (NoSuchFileException e) {
      return 0;
    }
  }
}
