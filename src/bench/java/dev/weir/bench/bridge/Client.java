package dev.weir.bench.bridge;

import io.vertx.core.json.JsonObject;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The plainest client there can be: one socket, one thread, frames made beforehand. */
final class Client implements AutoCloseable {
  private final Socket socket;
  private final DataInputStream in;

  Client(int port) throws IOException {
    socket = new Socket("127.0.0.1", port);
    socket.setTcpNoDelay(true);
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1 << 16));
  }

  static byte[] frame(String json) {
    byte[] payload = json.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(4 + payload.length).putInt(payload.length).put(payload).array();
  }

  private byte[] read() throws IOException {
    byte[] payload = new byte[in.readInt()];
    in.readFully(payload);
    return payload;
  }

  JsonObject ask(String address, JsonObject body) throws IOException {
    JsonObject send = new JsonObject().put("type", "send").put("address", address);
    socket.getOutputStream().write(frame(send.put("replyAddress", "r").put("body", body).encode()));
    JsonObject answer = new JsonObject(new String(read(), StandardCharsets.UTF_8));
    if (!answer.getString("type").equals("message")) {
      throw new IllegalStateException(answer.encode());
    }
    return answer.getJsonObject("body");
  }

  /** Keeps so many requests under way for so long; round trips a second. */
  double roundTrips(byte[] request, int outstanding, long nanos) throws IOException {
    byte[] many = new byte[request.length * outstanding];
    for (int at = 0; at < outstanding; at++) {
      System.arraycopy(request, 0, many, at * request.length, request.length);
    }
    long begin = System.nanoTime();
    long done = 0;
    socket.getOutputStream().write(many);
    while (System.nanoTime() - begin < nanos) {
      int answers = 0;
      do {
        read();
        answers++;
      } while (answers < outstanding && in.available() > 0);
      done += answers;
      socket.getOutputStream().write(many, 0, answers * request.length);
    }
    double seconds = (System.nanoTime() - begin) / 1e9;
    for (int left = 0; left < outstanding; left++) {
      read();
    }
    return done / seconds;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
