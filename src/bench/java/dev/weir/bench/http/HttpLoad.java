package dev.weir.bench.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Sends one request again and again on each of some connections, on one thread. */
final class HttpLoad {
  private static final byte[] OK = "HTTP/1.1 200".getBytes(StandardCharsets.US_ASCII);
  private static final int ANSWER_BYTES_MAX = 16 << 10;

  private final int connections;
  private final String body;

  HttpLoad(int connections, String body) {
    this.connections = connections;
    this.body = body;
  }

  /** One connection: what it sends, and what it heard of the present answer. */
  private static final class Talk {
    final ByteBuffer request;
    final ByteBuffer answer = ByteBuffer.allocate(ANSWER_BYTES_MAX);

    Talk(ByteBuffer request) {
      this.request = request;
    }
  }

  double perSecond(int port, String path, long forMs) throws IOException {
    byte[] request =
        ("POST " + path + " HTTP/1.1\r\nhost: 127.0.0.1:" + port)
            .concat("\r\ncontent-type: application/json\r\ncontent-length: " + body.length())
            .concat("\r\n\r\n" + body)
            .getBytes(StandardCharsets.US_ASCII);
    List<SocketChannel> sockets = new ArrayList<>();
    try (Selector selector = Selector.open()) {
      for (int count = 0; count < connections; count++) {
        SocketChannel socket = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
        sockets.add(socket);
        socket.configureBlocking(false);
        Talk talk = new Talk(ByteBuffer.wrap(request));
        socket.register(selector, SelectionKey.OP_READ, talk);
        socket.write(talk.request);
      }
      long began = System.nanoTime();
      long until = began + forMs * 1_000_000;
      long done = 0;
      while (System.nanoTime() < until) {
        selector.select(100);
        for (SelectionKey key : selector.selectedKeys()) {
          done += heard(key);
        }
        selector.selectedKeys().clear();
      }
      return done / ((System.nanoTime() - began) / 1e9);
    } finally {
      for (SocketChannel socket : sockets) {
        socket.close();
      }
    }
  }

  /** Reads; where that makes the answer whole, sends the next request. Gives 1 then, else 0. */
  private static int heard(SelectionKey key) throws IOException {
    SocketChannel socket = (SocketChannel) key.channel();
    Talk talk = (Talk) key.attachment();
    if (socket.read(talk.answer) < 0) {
      throw new UncheckedIOException(new IOException("the server closed a connection"));
    }
    if (!isWhole(talk.answer)) {
      return 0;
    }
    talk.answer.clear();
    talk.request.rewind();
    socket.write(talk.request);
    return 1;
  }

  private static boolean isWhole(ByteBuffer answer) {
    String text = new String(answer.array(), 0, answer.position(), StandardCharsets.ISO_8859_1);
    int head = text.indexOf("\r\n\r\n");
    if (head < 0) {
      return false;
    }
    for (int at = 0; at < OK.length; at++) {
      if (answer.get(at) != OK[at]) {
        throw new IllegalStateException(text);
      }
    }
    String length = "content-length: ";
    int from = text.indexOf(length) + length.length();
    int bodyBytes = Integer.parseInt(text.substring(from, text.indexOf("\r\n", from)));
    return answer.position() == head + 4 + bodyBytes;
  }
}
