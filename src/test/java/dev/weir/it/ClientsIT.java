package dev.weir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs that are not ours, or as a user would write them, against the doors of the jar. */
class ClientsIT {
  private static final String NPM_CLIENT = "vertx3-tcp-eventbus-client@1.0.0-SNAPSHOT";
  private static final long PATIENCE_S = 120;

  @TempDir Path directory;
  private Jvm node;
  private String port;
  private String httpPort;

  @BeforeEach
  void start() throws Exception {
    String conf =
        "{\"node\":{\"dataDir\":\"%s\"},\"queues\":[{\"name\":\"lab\"}],\"bridge\":{\"port\":0},\"http\":{\"port\":0}}"
            .formatted(directory.resolve("data"));
    node = new Jvm(directory, List.of("-jar", Cluster.JAR.toString(), "-conf", conf));
    port = port("bridge listening on ");
    httpPort = port("http listening on ");
  }

  private String port(String line) throws Exception {
    return node.await(line).replaceAll(".*:", "");
  }

  @AfterEach
  void stop() {
    node.close();
  }

  private static boolean isInstalled(String program) {
    boolean found =
        java.util.Arrays.stream(System.getenv("PATH").split(":"))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    if (!found) {
      System.err.println("NOT TESTED: " + program + " is not installed, what needs it is skipped");
    }
    return found;
  }

  /** What a program prints until it ends by itself; its exit code is the last line. */
  private static List<String> run(Path output, List<String> command) throws Exception {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    if (!process.waitFor(PATIENCE_S, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError(command + " did not end:\n" + Files.readString(output));
    }
    List<String> lines = new ArrayList<>(Files.readAllLines(output));
    lines.add("exit " + process.exitValue());
    return lines;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "python3 examples/put_take_ack.py",
        "node examples/put_take_ack.js",
        "java -cp target/app.jar examples/PutTakeAck.java",
        "bash examples/put_take_ack.sh"
      })
  void theExamplesDoWhatTheyShow(String example) throws Exception {
    List<String> command = new ArrayList<>(List.of(example.split(" ")));
    if (command.get(0).equals("java")) {
      command.set(0, Path.of(System.getProperty("java.home"), "bin", "java").toString());
    } else {
      assumeTrue(isInstalled(command.get(0)));
    }
    boolean overHttp = command.get(0).equals("bash");
    assumeTrue(!overHttp || isInstalled("curl"));
    command.addAll(List.of(overHttp ? httpPort : port, "lab"));
    List<String> lines = run(directory.resolve("output"), command);
    assertEquals("exit 0", lines.get(lines.size() - 1), lines.toString());
    assertEquals("put: stored", lines.get(0), lines.toString());
    assertTrue(lines.get(1).matches("took: \\{.value.: ?36\\}"), lines.toString());
    assertTrue(lines.get(2).equalsIgnoreCase("acked: true"), lines.toString());
  }

  /** A client from npm that nobody here wrote. */
  @Test
  void theClientOfNpmWorks() throws Exception {
    assumeTrue(isInstalled("node") && isInstalled("npm"));
    Path installed = Path.of("target/npm-client").toAbsolutePath();
    assumeTrue(install(installed));
    Path script = Path.of("src/test/resources/bridge/npm-client.js");
    Path copy = Files.copy(script, installed.resolve("run-" + port + ".js"));
    List<String> command = List.of("node", "--no-deprecation", copy.toString(), port);
    List<String> lines = run(directory.resolve("output"), command);
    Files.delete(copy);
    assertTrue(lines.contains("all as expected"), lines.toString());
  }

  private boolean install(Path installed) throws Exception {
    if (Files.isDirectory(installed.resolve("node_modules/vertx3-tcp-eventbus-client"))) {
      return true;
    }
    Files.createDirectories(installed);
    List<String> npm =
        List.of(
            "npm",
            "install",
            "--prefix",
            installed.toString(),
            "--no-audit",
            "--no-fund",
            "--ignore-scripts",
            NPM_CLIENT);
    List<String> lines = run(directory.resolve("npm"), npm);
    boolean done = lines.contains("exit 0");
    if (!done) {
      System.err.println("NOT TESTED: " + NPM_CLIENT + " can not be had: " + lines);
    }
    return done;
  }
}
