package dev.weir.bench.bridge;

import dev.weir.bridge.BridgeSettings;
import dev.weir.bridge.BridgeVerticle;
import dev.weir.cli.WeirVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.bridge.BridgeOptions;
import io.vertx.ext.bridge.PermittedOptions;
import io.vertx.ext.eventbus.bridge.tcp.TcpEventBusBridge;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Vert.x' own TCP bridge and ours over the same echo handler, by turns in one run; a cycle of put,
 * take and ack over one connection; what idle connections weigh.
 */
public final class BridgeBench {
  private static final int ROUNDS = 15;
  private static final long ROUND_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final int BATCH = 64;
  private static final int IDLE = 2000;
  private static final String ECHO =
      "{\"type\":\"send\",\"address\":\"echo\",\"replyAddress\":\"r\",\"body\":"
          + "{\"text\":\"a hundred bytes or so, as an item of work might have them\",\"n\":12345}}";

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));

  public static void main(String[] args) throws Exception {
    new BridgeBench().run();
    System.exit(0);
  }

  private static final class Echo extends VerticleBase {
    @Override
    public Future<?> start() {
      return vertx
          .eventBus()
          .consumer("echo", message -> message.reply(message.body()))
          .completion();
    }
  }

  private static final class Stock extends VerticleBase {
    private final int port;

    Stock(int port) {
      this.port = port;
    }

    @Override
    public Future<?> start() {
      BridgeOptions options =
          new BridgeOptions().addInboundPermitted(new PermittedOptions().setAddress("echo"));
      return TcpEventBusBridge.create(vertx, options).listen(port, "127.0.0.1");
    }
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  private BridgeVerticle ours(JsonObject settings) throws Exception {
    BridgeVerticle bridge = new BridgeVerticle(BridgeSettings.parse(settings.put("port", 0)));
    await(vertx.deployVerticle(bridge));
    return bridge;
  }

  private void run() throws Exception {
    int stockPort;
    try (ServerSocket free = new ServerSocket(0)) {
      stockPort = free.getLocalPort();
    }
    await(vertx.deployVerticle(new Echo()));
    await(vertx.deployVerticle(new Stock(stockPort)));
    JsonArray echo = new JsonArray().add(new JsonObject().put("address", "echo"));
    int ourPort = ours(new JsonObject().put("inboundPermitteds", echo)).port();
    for (int outstanding : new int[] {1, 256}) {
      compare(stockPort, ourPort, outstanding);
    }
    idle();
    cycles("memory");
    cycles("local");
  }

  private static void compare(int stockPort, int ourPort, int outstanding) throws IOException {
    byte[] request = Client.frame(ECHO);
    double[] ratios = new double[ROUNDS];
    double[] stock = new double[ROUNDS];
    double[] ours = new double[ROUNDS];
    try (Client first = new Client(stockPort);
        Client second = new Client(ourPort)) {
      for (int round = -2; round < ROUNDS; round++) {
        double one = first.roundTrips(request, outstanding, ROUND_NANOS);
        double two = second.roundTrips(request, outstanding, ROUND_NANOS);
        if (round >= 0) {
          stock[round] = one;
          ours[round] = two;
          ratios[round] = two / one;
        }
      }
    }
    System.out.printf(
        Locale.ROOT,
        "echo, %3d outstanding: stock %,.0f/s, ours %,.0f/s, ours to stock %.2f (%.2f to %.2f)%n",
        outstanding,
        median(stock),
        median(ours),
        median(ratios),
        Arrays.stream(ratios).min().getAsDouble(),
        Arrays.stream(ratios).max().getAsDouble());
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  private void idle() throws Exception {
    BridgeVerticle bridge = ours(new JsonObject());
    long rss = residentKib();
    long heap = heapBytes();
    List<SocketChannel> clients = new ArrayList<>();
    for (int client = 0; client < IDLE; client++) {
      clients.add(SocketChannel.open(new InetSocketAddress("127.0.0.1", bridge.port())));
    }
    while (bridge.connectionCount() < IDLE) {
      Thread.onSpinWait();
    }
    System.out.printf(
        Locale.ROOT,
        "%d idle connections, both ends: %.1f MB of heap and %.1f MB outside of it on top%n",
        IDLE,
        (heapBytes() - heap) / 1e6,
        (residentKib() - rss) / 1e3);
    for (SocketChannel client : clients) {
      client.close();
    }
  }

  private static long heapBytes() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  private static long residentKib() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmRSS"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .sum();
  }

  /** A batch in, out and acked, one request after the other. */
  private void cycles(String durability) throws Exception {
    Path data = Files.createTempDirectory("weir-bench");
    JsonObject queue = new JsonObject().put("name", durability).put("durability", durability);
    JsonObject conf =
        new JsonObject()
            .put("node", new JsonObject().put("dataDir", data.toString()))
            .put("queues", new JsonArray().add(queue));
    await(vertx.deployVerticle(new WeirVerticle(), new DeploymentOptions().setConfig(conf)));
    try (Client client = new Client(ours(new JsonObject()).port())) {
      cycle(client, durability, ROUND_NANOS);
      double cycles = cycle(client, durability, 2 * ROUND_NANOS);
      System.out.printf(
          Locale.ROOT,
          "put + take + ack, batches of %d, one connection, %s: %,.0f items/s%n",
          BATCH,
          durability,
          cycles * BATCH);
    }
  }

  private static double cycle(Client client, String queue, long nanos) throws IOException {
    JsonArray items = new JsonArray();
    for (int item = 0; item < BATCH; item++) {
      items.add(new JsonObject().put("body", new JsonObject().put("text", "x".repeat(80))));
    }
    JsonObject put = new JsonObject().put("op", "put").put("producer", "p").put("items", items);
    JsonObject take = new JsonObject().put("op", "take").put("consumer", "c").put("max", BATCH);
    take.put("waitMs", 1000);
    long begin = System.nanoTime();
    long cycles = 0;
    while (System.nanoTime() - begin < nanos) {
      client.ask("weir." + queue + ".produce", put);
      JsonArray leases = new JsonArray();
      for (Object item : client.ask("weir." + queue + ".consume", take).getJsonArray("items")) {
        JsonObject lease = (JsonObject) item;
        leases.add(
            new JsonObject().put("id", lease.getValue("id")).put("fence", lease.getValue("fence")));
      }
      client.ask(
          "weir." + queue + ".consume",
          new JsonObject().put("op", "ack").put("consumer", "c").put("leases", leases));
      cycles++;
    }
    return cycles / ((System.nanoTime() - begin) / 1e9);
  }
}
