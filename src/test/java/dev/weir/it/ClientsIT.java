package dev.weir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs that are not ours, or as a user would write them, against the doors of the jar. */
class ClientsIT {
  /** Of the clients from npm what is installed, each with its version. */
  private static final Map<String, List<String>> NPM_CLIENTS =
      Map.of(
          "tcp", List.of("vertx3-tcp-eventbus-client@1.0.0-SNAPSHOT"),
          "sockjs", List.of("@vertx/eventbus-bridge-client.js@1.0.0", "sockjs-client@1.6.1"));

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

  /** Clients from npm that nobody here wrote. */
  @ParameterizedTest
  @ValueSource(strings = {"tcp", "sockjs"})
  void theClientsOfNpmWork(String kind) throws Exception {
    assumeTrue(isInstalled("node") && isInstalled("npm"));
    Path installed = Path.of("target", "npm-" + kind).toAbsolutePath();
    assumeTrue(install(installed, NPM_CLIENTS.get(kind)));
    Path script = Path.of("src/test/resources/bridge/npm-clients.js");
    Path copy = Files.copy(script, installed.resolve("run-" + port + ".js"));
    String at = kind.equals("tcp") ? port : httpPort;
    List<String> command = List.of("node", "--no-deprecation", copy.toString(), kind, at);
    List<String> lines = run(directory.resolve("output"), command);
    Files.delete(copy);
    assertTrue(lines.contains("all as expected"), lines.toString());
  }

  private boolean install(Path installed, List<String> packages) throws Exception {
    Path mark = installed.resolve("installed");
    if (Files.exists(mark)) {
      return true;
    }
    Files.createDirectories(installed);
    List<String> npm = new ArrayList<>(List.of("npm", "install", "--prefix"));
    npm.addAll(List.of(installed.toString(), "--no-audit", "--no-fund", "--ignore-scripts"));
    npm.addAll(packages);
    List<String> lines = run(directory.resolve("npm"), npm);
    boolean done = lines.contains("exit 0");
    if (done) {
      Files.createFile(mark);
    } else {
      System.err.println("NOT TESTED: " + packages + " can not be had: " + lines);
    }
    return done;
  }
}
