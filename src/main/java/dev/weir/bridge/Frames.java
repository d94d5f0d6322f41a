package dev.weir.bridge;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.EncodeException;
import io.vertx.core.json.JsonObject;

/** The JSON of the frames that clients are sent, field by field as Vert.x' bridge writes them. */
final class Frames {
  static final Buffer PONG = new JsonObject().put("type", "pong").toBuffer();

  private Frames() {}

  /**
   * A message or an answer.
   *
   * @param address what the client knows it by: where it listens, or the reply address it gave
   */
  static Buffer message(String address, Message<?> message) {
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

  /** A request failed, or was refused. */
  static Buffer failure(Frame request, Throwable cause) {
    ReplyException failure =
        cause instanceof ReplyException reply
            ? reply
            : new ReplyException(ReplyFailure.ERROR, cause.getMessage());
    return failure(request, failure.failureCode(), failure.failureType(), failure.getMessage());
  }

  static Buffer failure(Frame request, int code, ReplyFailure type, String text) {
    return new JsonObject()
        .put("type", "err")
        .put("address", request.replyAddress())
        .put("sourceAddress", request.address())
        .put("failureCode", code)
        .put("failureType", type.name())
        .put("message", text)
        .toBuffer();
  }

  /** A frame was refused before it was anything. */
  static Buffer error(String word) {
    return new JsonObject().put("type", "err").put("message", word).toBuffer();
  }

  /** A frame was refused that says what it was about. */
  static Buffer error(String word, Frame about) {
    JsonObject json =
        new JsonObject().put("type", "err").put("message", word).put("address", about.address());
    if (about.replyAddress() != null) {
      json.put("replyAddress", about.replyAddress());
    }
    return json.toBuffer();
  }

  /** A message, or the failure that says that it is nothing that JSON can say. */
  static Buffer answer(Frame request, Message<?> message) {
    try {
      return message(request.replyAddress(), message);
    } catch (EncodeException e) {
      return failure(request, -1, ReplyFailure.ERROR, "the answer can not be written as JSON");
    }
  }
}
