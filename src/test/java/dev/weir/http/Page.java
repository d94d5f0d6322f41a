package dev.weir.http;

import static dev.weir.node.Bus.await;

import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Somebody on the raw web socket of {@code /eventbus}: one JSON object a frame. */
final class Page implements AutoCloseable {
  private static final long PATIENCE_S = 30;

  private final BlockingQueue<JsonObject> heard = new LinkedBlockingQueue<>();

  /** Held: Vert.x closes a client that nobody holds, and its sockets with it. */
  private final WebSocketClient client;

  private final WebSocket socket;
  private int asked;

  Page(Vertx vertx, int port) {
    WebSocketConnectOptions options =
        new WebSocketConnectOptions()
            .setHost("127.0.0.1")
            .setPort(port)
            .setURI("/eventbus/websocket");
    client = vertx.createWebSocketClient();
    socket = await(client.connect(options));
    socket.handler(frame -> heard.add(frame.toJsonObject()));
  }

  Page say(String text) {
    await(socket.writeTextMessage(text));
    return this;
  }

  /** Sends a request, and gives the reply address that it made up. */
  String send(String address, String body) {
    String replyAddress = "r" + ++asked;
    say(
        new JsonObject()
            .put("type", "send")
            .put("address", address)
            .put("replyAddress", replyAddress)
            .put("headers", new JsonObject().put("weir-from", "somebody else"))
            .put("body", new JsonObject(body))
            .encode());
    return replyAddress;
  }

  JsonObject hear() {
    try {
      JsonObject frame = heard.poll(PATIENCE_S, TimeUnit.SECONDS);
      if (frame == null) {
        throw new AssertionError("nothing was heard");
      }
      return frame;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Asks, and gives the whole frame of the answer or failure. */
  JsonObject frame(String address, String body) {
    String replyAddress = send(address, body);
    JsonObject frame = hear();
    while (!replyAddress.equals(frame.getString("address"))) {
      frame = hear();
    }
    return frame;
  }

  JsonObject ask(String address, String body) {
    JsonObject frame = frame(address, body);
    if (!frame.getString("type").equals("rec")) {
      throw new AssertionError(frame.encode());
    }
    return frame.getJsonObject("body");
  }

  boolean isClosed() {
    return socket.isClosed();
  }

  @Override
  public void close() {
    await(socket.close());
    await(client.close());
  }
}
