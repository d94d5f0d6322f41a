package dev.weir.cli;

import dev.weir.protocol.Configuration;
import dev.weir.protocol.StartFailure;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The arguments, checked before Vert.x starts: a mistake costs one line, not a cluster join. */
final class Arguments {
  private static final Map<String, String> COMMANDS =
      Map.of(
          "producer", "dev.weir.client.ProducerVerticle",
          "consumer", "dev.weir.client.ConsumerVerticle");
  private static final Set<String> FLAGS = Set.of("-cluster", "--cluster");
  private static final Set<String> WITH_VALUE =
      Set.of(
          "-conf",
          "--conf",
          "-cluster-host",
          "--cluster-host",
          "-cluster-port",
          "--cluster-port",
          "-options",
          "--options");

  private final List<String> forLauncher;

  private Arguments(List<String> forLauncher) {
    this.forLauncher = forLauncher;
  }

  static Arguments parse(String[] args) {
    List<String> out = new ArrayList<>();
    JsonObject configuration = new JsonObject();
    boolean isNode = true;
    boolean clustered = false;
    for (int at = 0; at < args.length; at++) {
      String arg = args[at];
      if (FLAGS.contains(arg)) {
        clustered = true;
        out.add(arg);
      } else if (WITH_VALUE.contains(arg)) {
        if (++at == args.length) {
          throw StartFailure.wrongSetting("argument " + arg + " wants a value");
        }
        if (arg.endsWith("-conf")) {
          configuration = read(args[at]);
        }
        out.add(arg);
        out.add(args[at]);
      } else if (at == 0 && !arg.startsWith("-")) {
        isNode = false;
        out.add(COMMANDS.getOrDefault(arg, knownClass(arg)));
      } else {
        throw StartFailure.wrongSetting("argument " + arg + " is not known: see -h");
      }
    }
    if (isNode) {
      Configuration.parse(configuration);
    }
    if (clustered) {
      checkClusterFile();
    }
    return new Arguments(out);
  }

  /** A class name has a dot; anything else is a command that was mistyped. */
  private static String knownClass(String name) {
    if (name.indexOf('.') < 0 && !COMMANDS.containsKey(name)) {
      throw StartFailure.wrongSetting("command " + name + " is not known: see -h");
    }
    return name;
  }

  private static JsonObject read(String fileOrJson) {
    try {
      if (fileOrJson.stripLeading().startsWith("{")) {
        return new JsonObject(fileOrJson);
      }
      return new JsonObject(Files.readString(Path.of(fileOrJson)));
    } catch (IOException e) {
      throw StartFailure.wrongSetting("-conf " + fileOrJson + " can not be read");
    } catch (DecodeException e) {
      String reason = e.getMessage().lines().findFirst().orElse("");
      throw StartFailure.wrongSetting("-conf " + fileOrJson + " is not JSON: " + reason);
    }
  }

  private static void checkClusterFile() {
    String named = System.getProperty("vertx.hazelcast.config");
    boolean found =
        named == null
            ? Arguments.class.getClassLoader().getResource("cluster.xml") != null
            : Files.isReadable(Path.of(named));
    if (!found) {
      throw StartFailure.wrongSetting(
          "-cluster wants a cluster.xml in conf/ beside the jar, or -Dvertx.hazelcast.config=FILE");
    }
  }

  String[] forLauncher() {
    return forLauncher.toArray(String[]::new);
  }
}
