package dev.weir.it;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A real process started from the jar, with everything it prints. */
final class Jvm implements AutoCloseable {
  private static final long PATIENCE_S = 90;

  private final Process process;
  private final List<String> lines = new ArrayList<>();
  private final Thread reader;

  Jvm(Path directory, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC"));
    if (Runtime.version().feature() >= 24) {
      command.add("--sun-misc-unsafe-memory-access=allow");
    }
    command.addAll(arguments);
    process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
            .start();
    reader = new Thread(this::read, "output of " + arguments);
    reader.setDaemon(true);
    reader.start();
  }

  private void read() {
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      String line;
      while ((line = in.readLine()) != null) {
        synchronized (lines) {
          lines.add(line);
          lines.notifyAll();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<String> lines() {
    synchronized (lines) {
      return List.copyOf(lines);
    }
  }

  /** Waits until so many lines are as wanted, and gives the last one of them. */
  String await(int count, Predicate<String> wanted) throws InterruptedException {
    long untilNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_S);
    synchronized (lines) {
      while (true) {
        List<String> found = lines.stream().filter(wanted).toList();
        if (found.size() >= count) {
          return found.get(count - 1);
        }
        long leftMs = (untilNanos - System.nanoTime()) / 1_000_000;
        if (leftMs <= 0) {
          throw new AssertionError("waited in vain; it printed:\n" + String.join("\n", lines));
        }
        lines.wait(leftMs);
      }
    }
  }

  String await(String part) throws InterruptedException {
    return await(1, line -> line.contains(part));
  }

  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor(PATIENCE_S, TimeUnit.SECONDS);
  }

  void terminate() {
    process.destroy();
  }

  int exitCode() throws InterruptedException {
    if (!process.waitFor(PATIENCE_S, TimeUnit.SECONDS)) {
      throw new AssertionError("it did not end; it printed:\n" + String.join("\n", lines()));
    }
    reader.join(TimeUnit.SECONDS.toMillis(PATIENCE_S));
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
