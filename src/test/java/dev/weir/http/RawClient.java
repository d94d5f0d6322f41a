package dev.weir.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A client of HTTP with a plain socket: what it sends and reads is in its own hands. */
final class RawClient implements AutoCloseable {
  private static final int PATIENCE_MS = 30_000;

  private final int port;
  private final Socket socket = new Socket();
  private final InputStream in;
  private final OutputStream out;

  /**
   * @param receiveBytes how much the operating system keeps for it unread; 0 for what is usual
   */
  RawClient(int port, int receiveBytes) throws IOException {
    this.port = port;
    if (receiveBytes > 0) {
      socket.setReceiveBufferSize(receiveBytes);
    }
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MS);
    socket.setSoTimeout(PATIENCE_MS);
    in = new BufferedInputStream(socket.getInputStream());
    out = socket.getOutputStream();
  }

  RawClient send(String text) throws IOException {
    return send(text.getBytes(StandardCharsets.UTF_8));
  }

  RawClient send(byte[] bytes) throws IOException {
    out.write(bytes);
    return this;
  }

  /** Sends so many bytes as far as the other side takes them; whether it took all. */
  boolean flood(String piece, long bytes) {
    byte[] some = piece.getBytes(StandardCharsets.UTF_8);
    try {
      for (long sent = 0; sent < bytes; sent += some.length) {
        out.write(some);
      }
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** The head of a request to this door, up to where its own headers may follow. */
  RawClient head(String method, String path) throws IOException {
    return send(method + " " + path + " HTTP/1.1\r\nhost: 127.0.0.1:" + port + "\r\n");
  }

  RawClient get(String path) throws IOException {
    return head("GET", path).send("\r\n");
  }

  /** The status of the next answer, its body read and left; 0 where the connection has ended. */
  int status() throws IOException {
    String head = line();
    if (head == null) {
      return 0;
    }
    long length = 0;
    String line;
    while ((line = line()) != null && !line.isEmpty()) {
      if (line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:")) {
        length = Long.parseLong(line.substring(15).strip());
      }
    }
    in.skipNBytes(length);
    return Integer.parseInt(head.split(" ")[1]);
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int next;
    try {
      while ((next = in.read()) != '\n') {
        if (next < 0) {
          return null;
        }
        line.write(next);
      }
    } catch (java.net.SocketException e) {
      return null;
    }
    return line.toString(StandardCharsets.UTF_8).strip();
  }

  /** Reads to the end, however it comes. */
  boolean hasEnded() {
    try {
      while (in.read() >= 0) {
        continue;
      }
    } catch (java.net.SocketTimeoutException e) {
      return false;
    } catch (IOException reset) {
      return true;
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
