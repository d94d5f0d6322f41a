package dev.weir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs written for the classroom's server, unchanged, against the jar: three and two. */
class ClassroomIT {
  private static final int EACH = 60;
  private static final Path PROGRAMS = Path.of("src/test/resources/classroom");

  @TempDir Path directory;

  private Process start(String program, Object... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(List.of("python3", PROGRAMS.resolve(program).toString()));
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve(program + arguments[1]).toFile())
        .start();
  }

  private List<String> items(String program, int id, String mark) throws Exception {
    return Files.readAllLines(directory.resolve(program + id)).stream()
        .filter(line -> line.contains(mark))
        .map(line -> line.substring(line.indexOf('{')))
        .toList();
  }

  @Test
  void threeProducersAndTwoConsumers() throws Exception {
    boolean python =
        java.util.Arrays.stream(System.getenv("PATH").split(":"))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "python3")));
    if (!python) {
      System.err.println(
          "NOT TESTED: python3 is not installed, the classroom's clients are skipped");
    }
    Assumptions.assumeTrue(python);
    String conf =
        "{\"node\":{\"dataDir\":\"%s\"},\"queues\":[{\"name\":\"lab\",\"capacity\":5}],\"socket\":{\"port\":0}}"
            .formatted(directory.resolve("data"));
    try (Jvm node = new Jvm(directory, List.of("-jar", Cluster.JAR.toString(), "-conf", conf))) {
      String port = node.await("Server started and listening on port ").replaceAll(".* ", "");
      List<Process> all = new ArrayList<>();
      for (int id = 1; id <= 3; id++) {
        all.add(start("producer.py", port, id, EACH, 0.01));
      }
      for (int id = 1; id <= 2; id++) {
        all.add(start("consumer.py", port, id, 5));
      }
      for (Process process : all) {
        assertTrue(process.waitFor(120, TimeUnit.SECONDS), "it ends by itself");
        assertEquals(0, process.exitValue());
      }
      List<String> sent = new ArrayList<>();
      List<String> consumed = new ArrayList<>();
      for (int id = 1; id <= 3; id++) {
        sent.addAll(items("producer.py", id, "Sending data: "));
      }
      for (int id = 1; id <= 2; id++) {
        consumed.addAll(items("consumer.py", id, "Consumed: "));
      }
      assertEquals(sent.stream().sorted().toList(), consumed.stream().sorted().toList());
      node.await("Consumed: " + consumed.get(0));
    }
  }
}
