package dev.weir.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weir.node.Bus;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.bridge.BridgeOptions;
import io.vertx.ext.bridge.PermittedOptions;
import io.vertx.ext.eventbus.bridge.tcp.TcpEventBusBridge;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What good clients are told is what Vert.x' own bridge tells them, frame by frame. */
class StockTest {
  private final Vertx vertx = Bus.vertx();
  private int stockPort;
  private int ourPort;

  /** How the bytes of a stage come: the bridge must not care. */
  enum Cut {
    FRAME_BY_FRAME,
    ALL_AT_ONCE,
    BYTE_BY_BYTE,
    ANYWHERE
  }

  @BeforeEach
  void open() throws Exception {
    EventBus bus = vertx.eventBus();
    bus.consumer("echo", message -> message.reply(message.body()));
    bus.<JsonObject>consumer(
        "fail",
        message ->
            message.fail(message.body().getInteger("code"), message.body().getString("text")));
    bus.consumer(
        "headers",
        message ->
            message.reply(message.body(), new DeliveryOptions().setHeaders(message.headers())));
    bus.consumer("silent", message -> {});
    bus.consumer("deep", StockTest::deeper);
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      stockPort = free.getLocalPort();
    }
    Bus.await(vertx.deployVerticle(new Stock(stockPort)));
    BridgeVerticle ours =
        new BridgeVerticle(BridgeSettings.parse(Bridged.open(Script.ADDRESSES).put("port", 0)));
    Bus.await(vertx.deployVerticle(ours));
    ourPort = ours.port();
  }

  private static void deeper(Message<Object> message) {
    message
        .replyAndRequest("you said " + message.body())
        .onSuccess(
            next ->
                next.replyAndRequest("then " + next.body())
                    .onSuccess(last -> last.reply("at last " + last.body())));
  }

  private static final class Stock extends VerticleBase {
    private final int port;

    Stock(int port) {
      this.port = port;
    }

    @Override
    public Future<?> start() {
      BridgeOptions options = new BridgeOptions();
      for (String address : Script.ADDRESSES) {
        options.addInboundPermitted(new PermittedOptions().setAddress(address));
        options.addOutboundPermitted(new PermittedOptions().setAddress(address));
      }
      return TcpEventBusBridge.create(vertx, options).listen(port, "127.0.0.1");
    }
  }

  @AfterEach
  void close() {
    Bus.await(vertx.close());
  }

  private static List<JsonObject> play(int port, Cut cut, long seed) throws Exception {
    Random random = new Random(seed);
    List<JsonObject> heard = new ArrayList<>();
    try (Peer peer = new Peer(port)) {
      for (Script.Stage stage : Script.stages()) {
        List<byte[]> frames = stage.frames().apply(heard).stream().map(Peer::frame).toList();
        for (byte[] piece : pieces(frames, cut, random)) {
          peer.raw(piece);
        }
        for (int answer = 0; answer < stage.answers(); answer++) {
          heard.add(peer.hear());
        }
      }
      peer.ping();
    }
    return heard;
  }

  private static List<byte[]> pieces(List<byte[]> frames, Cut cut, Random random) {
    if (cut == Cut.FRAME_BY_FRAME) {
      return frames;
    }
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    frames.forEach(joined::writeBytes);
    byte[] all = joined.toByteArray();
    List<byte[]> pieces = new ArrayList<>();
    int at = 0;
    while (at < all.length) {
      int left = all.length - at;
      int size =
          switch (cut) {
            case BYTE_BY_BYTE -> all.length > 50_000 ? Math.min(left, 997) : 1;
            case ANYWHERE -> Math.min(left, 1 + random.nextInt(random.nextBoolean() ? 9 : 5000));
            default -> left;
          };
      pieces.add(java.util.Arrays.copyOfRange(all, at, at + size));
      at += size;
    }
    return pieces;
  }

  /** By address, because answers of different handlers may come in any order. */
  private static Map<String, List<String>> byAddress(List<JsonObject> heard) {
    Map<String, List<String>> sorted = new TreeMap<>();
    for (JsonObject frame : heard) {
      String text = frame.encode().replaceAll("__vertx\\.reply\\.[0-9a-f-]+", "a-reply-address");
      sorted
          .computeIfAbsent(frame.getString("address", ""), address -> new ArrayList<>())
          .add(text);
    }
    return sorted;
  }

  @ParameterizedTest
  @EnumSource
  void theSameFramesComeBack(Cut cut) throws Exception {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    List<JsonObject> stock = play(stockPort, cut, seed);
    List<JsonObject> ours = play(ourPort, cut, seed);
    Map<String, List<String>> expected = byAddress(stock);
    Map<String, List<String>> found = byAddress(ours);
    expected.forEach((address, frames) -> assertEquals(frames, found.get(address), address));
    assertEquals(expected, found);
  }

  /** The script itself: it must meet what it is for. */
  @Test
  void theScriptHasFramesOfEveryKind() throws Exception {
    List<JsonObject> heard = play(ourPort, Cut.ALL_AT_ONCE, 1);
    for (String part :
        new String[] {
          "pong",
          "NO_HANDLERS",
          "TIMEOUT",
          "RECIPIENT_FAILURE",
          "\"send\":false",
          "replyAddress",
          "\"X-one\"",
          "unknown_address",
          "at last 3"
        }) {
      assertEquals(true, heard.stream().anyMatch(frame -> frame.encode().contains(part)), part);
    }
  }
}
