package dev.weir.socket;

import dev.weir.node.Bus;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A node with the door, and clients on plain sockets. */
final class Classroom implements AutoCloseable {
  private static final int PATIENCE_MS = 30_000;
  private static final int READ_AT_MOST = 1024;

  final Bus bus;
  private final List<String> lines = new ArrayList<>();
  private SocketVerticle door;

  Classroom(Path dataDir, JsonObject queue) {
    bus = new Bus(dataDir).start(queue.put("name", "lab").put("durability", "memory"));
  }

  Classroom open(JsonObject settings) {
    door =
        new SocketVerticle(
            SocketSettings.parse(settings.put("port", 0)),
            text -> {
              synchronized (lines) {
                lines.addAll(text.lines().toList());
                lines.notifyAll();
              }
            });
    Bus.await(bus.vertx.deployVerticle(door));
    return this;
  }

  SocketVerticle door() {
    return door;
  }

  /** Waits until a line begins so. */
  String line(String begin) {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MS);
    synchronized (lines) {
      while (true) {
        for (String line : lines) {
          if (line.startsWith(begin)) {
            return line;
          }
        }
        waitFor(end);
      }
    }
  }

  private void waitFor(long end) {
    try {
      long leftMs = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (leftMs <= 0) {
        throw new AssertionError("not among the lines: " + lines);
      }
      lines.wait(leftMs);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  List<String> lines() {
    synchronized (lines) {
      return List.copyOf(lines);
    }
  }

  int count(String state) {
    return bus.counts("lab").getInteger(state);
  }

  /** Takes one item over the bus and is done with it. */
  JsonObject take() {
    return bus.ask(
            "weir.lab.consume",
            "{\"op\":\"take\",\"consumer\":\"bus\",\"waitMs\":20000,\"autoAck\":true}")
        .getJsonArray("items")
        .getJsonObject(0);
  }

  Client client() throws IOException {
    return new Client(door.port());
  }

  @Override
  public void close() {
    bus.close();
  }

  /** One program of the classroom. */
  static final class Client implements AutoCloseable {
    final Socket socket;
    private final InputStream in;

    Client(int port) throws IOException {
      socket = new Socket("127.0.0.1", port);
      socket.setSoTimeout(PATIENCE_MS);
      in = socket.getInputStream();
    }

    Client send(String text) throws IOException {
      return send(text.getBytes(StandardCharsets.UTF_8));
    }

    Client send(byte[] bytes) throws IOException {
      socket.getOutputStream().write(bytes);
      return this;
    }

    /** As the originals read: what is there, at most 1024 bytes; empty at the end. */
    String read() throws IOException {
      byte[] bytes = new byte[READ_AT_MOST];
      int count = in.read(bytes);
      return count < 0 ? "" : new String(bytes, 0, count, StandardCharsets.UTF_8);
    }

    /** Asks as a consumer and reads one answer. */
    String consume() throws IOException {
      return send("{\"type\": \"consumer\"}").read();
    }

    /** Everything up to the end of the connection. */
    String readAll() throws IOException {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }

    /** Ends without a good-bye. */
    void reset() throws IOException {
      socket.setSoLinger(true, 0);
      socket.close();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  static String item(long producer, int value) {
    return "{\"type\": \"producer\", \"producer_id\": %d, \"value\": %d, \"timestamp\": 1728033830.978511}"
        .formatted(producer, value);
  }
}
