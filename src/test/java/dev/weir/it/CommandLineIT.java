package dev.weir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The jar as somebody at a shell meets it. */
class CommandLineIT {
  @TempDir Path directory;

  private Jvm run(String... arguments) throws Exception {
    List<String> all = new ArrayList<>(List.of("-jar", Cluster.JAR.toString()));
    all.addAll(List.of(arguments));
    return new Jvm(directory, all);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-conf|{\"queus\":[]}|queus",
        "-conf|{\"queues\":[{\"name\":\"a\",\"capacity\":0}]}|capacity",
        "-conf|{\"queues\":[{\"name\":\"a\",\"durability\":\"replicated\"}]}|durability",
        "-conf|{\"queues\":[{\"name\":\"a b\"}]}|name",
        "-conf|{\"queues\":[{\"name\":\"a\",\"itemBytesMax\":9000000}]}|itemBytesMax",
        "-conf|{\"node\":{\"verticles\":0}}|verticles",
        "-conf|{\"http\":{\"prot\":8080}}|http.prot",
        "-conf|{\"bridge\":{\"prot\":7000}}|bridge.prot",
        "-conf|{\"bridge\":{\"host\":\"0.0.0.0\"}}|bridge.insecure",
        "-conf|{\"socket\":{\"host\":\"0.0.0.0\",\"queue\":\"lab\"}}|socket.insecure",
        "-conf|{\"http\":{\"host\":\"::\"}}|http.insecure",
        "-conf|{\"http\":{\"headerMs\":0}}|headerMs",
        "-conf|{\"http\":{\"frameBytesMax\":70000,\"bufferedBytesMax\":60000}}|http.frameBytesMax",
        "-conf|/does/not/exist|/does/not/exist",
        "-conf|{|JSON",
        "-wrong|x|-wrong",
        "produce|-cluster|produce",
        "demo|--minutes|--minutes"
      })
  void aMistakeGetsOneLineAndExitCode2(String first, String second, String named) throws Exception {
    try (Jvm jvm = run(first, second)) {
      assertEquals(2, jvm.exitCode(), jvm.lines().toString());
      assertEquals(1, jvm.lines().size(), jvm.lines().toString());
      assertTrue(jvm.lines().get(0).contains(named), jvm.lines().toString());
    }
  }

  @Test
  void clusterWithoutAClusterFileIsRefused() throws Exception {
    Path alone = Files.copy(Cluster.JAR, directory.resolve("app.jar"));
    try (Jvm jvm = new Jvm(directory, List.of("-jar", alone.toString(), "-cluster"))) {
      assertEquals(2, jvm.exitCode());
      assertTrue(jvm.lines().get(0).contains("cluster.xml"), jvm.lines().toString());
    }
  }

  @Test
  void helpExplainsItself() throws Exception {
    try (Jvm jvm = run("-h")) {
      assertEquals(0, jvm.exitCode());
      assertTrue(jvm.lines().stream().anyMatch(line -> line.contains("producer -cluster")));
    }
  }

  @Test
  void theDemoEndsWithATable() throws Exception {
    try (Jvm jvm = run("demo", "--seconds", "3")) {
      assertEquals(0, jvm.exitCode());
      String all = String.join("\n", jvm.lines());
      assertTrue(all.contains("mean wait ms") && all.contains("Consumer 2"), all);
      assertTrue(all.contains("[Producer 1] Sending data: "), all);
    }
  }
}
