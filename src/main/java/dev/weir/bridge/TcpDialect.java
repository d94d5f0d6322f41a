package dev.weir.bridge;

import dev.weir.relay.Dialect;
import dev.weir.relay.Frame;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.JsonObject;

/** The JSON of the frames that clients are sent, field by field as Vert.x' bridge writes them. */
final class TcpDialect implements Dialect {
  private static final Buffer PONG = new JsonObject().put("type", "pong").toBuffer();

  @Override
  public Buffer pong() {
    return PONG;
  }

  @Override
  public Buffer message(String address, Message<?> message) {
    JsonObject json = new JsonObject().put("type", "message").put("address", address);
    if (message.replyAddress() != null) {
      json.put("replyAddress", message.replyAddress());
    }
    json.put("headers", headers(message.headers()));
    if (message.body() != null) {
      json.put("body", message.body());
    }
    json.put("send", message.isSend());
    return json.toBuffer();
  }

  private static JsonObject headers(MultiMap headers) {
    JsonObject json = new JsonObject();
    headers.forEach(json::put);
    return json;
  }

  @Override
  public Buffer failure(Frame request, int code, ReplyFailure type, String text) {
    return new JsonObject()
        .put("type", "err")
        .put("address", request.replyAddress())
        .put("sourceAddress", request.address())
        .put("failureCode", code)
        .put("failureType", type.name())
        .put("message", text)
        .toBuffer();
  }

  @Override
  public Buffer error(String word) {
    return new JsonObject().put("type", "err").put("message", word).toBuffer();
  }

  @Override
  public Buffer error(String word, Frame about) {
    JsonObject json =
        new JsonObject().put("type", "err").put("message", word).put("address", about.address());
    if (about.replyAddress() != null) {
      json.put("replyAddress", about.replyAddress());
    }
    return json.toBuffer();
  }
}
