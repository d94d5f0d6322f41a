package dev.weir.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A program with a plain socket: what it sends and reads is in its own hands, byte by byte. */
final class Peer implements AutoCloseable {
  private static final int PATIENCE_MS = 30_000;

  final Socket socket;
  private final DataInputStream in;
  private final OutputStream out;
  private int asked;

  Peer(int port) throws IOException {
    this(port, 0);
  }

  /**
   * @param receiveBytes how much the operating system keeps for it unread; 0 for what is usual
   */
  Peer(int port, int receiveBytes) throws IOException {
    socket = new Socket();
    if (receiveBytes > 0) {
      socket.setReceiveBufferSize(receiveBytes);
    }
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MS);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_MS);
    in = new DataInputStream(new java.io.BufferedInputStream(socket.getInputStream()));
    out = socket.getOutputStream();
  }

  static byte[] frame(String json) {
    return frame(json.getBytes(StandardCharsets.UTF_8));
  }

  static byte[] frame(byte[] payload) {
    return ByteBuffer.allocate(4 + payload.length).putInt(payload.length).put(payload).array();
  }

  static String send(String address, String replyAddress, String body) {
    String reply = replyAddress == null ? "" : ",\"replyAddress\":\"" + replyAddress + "\"";
    return "{\"type\":\"send\",\"address\":\"" + address + "\"" + reply + ",\"body\":" + body + "}";
  }

  Peer raw(byte[] bytes) throws IOException {
    out.write(bytes);
    return this;
  }

  Peer say(String json) throws IOException {
    return raw(frame(json));
  }

  JsonObject hear() throws IOException {
    byte[] payload = new byte[in.readInt()];
    in.readFully(payload);
    return new JsonObject(new String(payload, StandardCharsets.UTF_8));
  }

  /** Sends a request and hears the next frame, which must be its answer. */
  JsonObject request(String address, String body) throws IOException {
    String reply = "r-" + asked++;
    say(send(address, reply, body));
    JsonObject heard = hear();
    assertEquals(reply, heard.getString("address"), heard.encode());
    return heard;
  }

  /** The body of the answer, which must be no failure. */
  JsonObject ask(String address, String body) throws IOException {
    JsonObject heard = request(address, body);
    assertEquals("message", heard.getString("type"), heard.encode());
    return heard.getJsonObject("body");
  }

  JsonObject hearError(String word) throws IOException {
    JsonObject heard = hear();
    assertEquals("err", heard.getString("type"), heard.encode());
    assertEquals(word, heard.getString("message"));
    return heard;
  }

  void ping() throws IOException {
    say("{\"type\":\"ping\"}");
    assertEquals("{\"type\":\"pong\"}", hear().encode());
  }

  /** Reads until the other side has closed, and throws away what comes until then. */
  void awaitClosed() throws IOException {
    try {
      byte[] sink = new byte[8192];
      int bytes;
      do {
        bytes = in.read(sink);
      } while (bytes >= 0);
    } catch (SocketException reset) {
      assertTrue(reset.getMessage().contains("reset"), reset.getMessage());
    }
  }

  /** Ends the connection as a program does that is killed with data unread: by a reset. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
