package dev.weir.it;

import com.hazelcast.config.Config;
import com.hazelcast.config.FileSystemXmlConfig;
import io.vertx.core.Vertx;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** A cluster of its own on this machine: own name, own ports, JVMs from the jar. */
final class Cluster implements AutoCloseable {
  static final Path JAR = Path.of("target/app.jar").toAbsolutePath();
  private static final int MEMBERS = 8;

  private final Path directory;
  private final Path configuration;
  private final List<Jvm> jvms = new ArrayList<>();
  private Vertx vertx;

  Cluster(Path directory) throws IOException {
    this.directory = directory;
    this.configuration = directory.resolve("cluster.xml");
    List<ServerSocket> sockets = new ArrayList<>();
    StringBuilder members = new StringBuilder();
    StringBuilder ports = new StringBuilder();
    for (int member = 0; member < MEMBERS; member++) {
      ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
      sockets.add(socket);
      members.append("<member>127.0.0.1:").append(socket.getLocalPort()).append("</member>");
      ports.append(ports.isEmpty() ? "" : ",").append(socket.getLocalPort());
    }
    for (ServerSocket socket : sockets) {
      socket.close();
    }
    String shipped = Files.readString(Path.of("conf/cluster.xml"));
    Files.writeString(
        configuration,
        shipped
            .replace("<cluster-name>weir<", "<cluster-name>weir-" + UUID.randomUUID() + "<")
            .replaceAll(
                "(?s)<member-list>.*</member-list>", "<member-list>" + members + "</member-list>")
            .replaceAll("<port auto-increment.*</port>", "@PORT@"));
    this.ports = List.of(ports.toString().split(","));
  }

  private final List<String> ports;
  private int nextPort;

  /** Each member has a port of its own, taken from the list. */
  private synchronized Path nextConfiguration() throws IOException {
    String port = ports.get(nextPort++ % ports.size());
    Path own = directory.resolve("cluster-" + nextPort + ".xml");
    String element = "<port auto-increment=\"false\">" + port + "</port>";
    Files.writeString(own, Files.readString(configuration).replace("@PORT@", element));
    return own;
  }

  Jvm start(String... arguments) throws IOException {
    List<String> all = new ArrayList<>();
    all.add("-Dvertx.hazelcast.config=" + nextConfiguration());
    all.addAll(List.of("-jar", JAR.toString()));
    all.addAll(List.of(arguments));
    return keep(new Jvm(directory, all));
  }

  /** A member that is started again and again on the same port. */
  final class Place {
    private final Path own;

    private Place(Path own) {
      this.own = own;
    }

    Jvm start(String conf) throws IOException {
      return keep(
          new Jvm(
              directory,
              List.of(
                  "-Dvertx.hazelcast.config=" + own,
                  "-jar",
                  JAR.toString(),
                  "-cluster",
                  "-conf",
                  conf)));
    }

    Jvm startNode(String conf) throws IOException, InterruptedException {
      Jvm node = start(conf);
      node.await(" serves ");
      return node;
    }
  }

  Place place() throws IOException {
    return new Place(nextConfiguration());
  }

  /** A verticle of the user's own, from the class path. */
  Jvm startClass(Class<?> verticle, String conf) throws IOException {
    return keep(
        new Jvm(
            directory,
            List.of(
                "-Dvertx.hazelcast.config=" + nextConfiguration(),
                "-cp",
                JAR + ":" + Path.of("target/test-classes").toAbsolutePath(),
                "dev.weir.cli.Main",
                verticle.getName(),
                "-cluster",
                "-conf",
                conf)));
  }

  private Jvm keep(Jvm jvm) {
    jvms.add(jvm);
    return jvm;
  }

  Jvm startNode(String conf) throws IOException, InterruptedException {
    Jvm node = start("-cluster", "-conf", conf);
    node.await(" serves ");
    return node;
  }

  /** This test itself as a member. */
  Vertx join() throws Exception {
    Config config = new FileSystemXmlConfig(nextConfiguration().toString());
    vertx =
        Vertx.builder()
            .withClusterManager(new HazelcastClusterManager(config))
            .buildClustered()
            .toCompletionStage()
            .toCompletableFuture()
            .get(60, TimeUnit.SECONDS);
    return vertx;
  }

  @Override
  public void close() {
    if (vertx != null) {
      vertx
          .close()
          .toCompletionStage()
          .toCompletableFuture()
          .orTimeout(60, TimeUnit.SECONDS)
          .join();
    }
    jvms.forEach(Jvm::close);
  }
}
