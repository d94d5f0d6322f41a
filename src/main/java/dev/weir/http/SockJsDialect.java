package dev.weir.http;

import dev.weir.protocol.Code;
import dev.weir.relay.Dialect;
import dev.weir.relay.Frame;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.JsonObject;

/**
 * The JSON of what pages are sent, as Vert.x' SockJS bridge writes it. One thing more: a request
 * that is refused by the door fails at its reply address, so that whoever asked hears of it.
 */
final class SockJsDialect implements Dialect {
  @Override
  public Buffer pong() {
    return null;
  }

  @Override
  public Buffer message(String address, Message<?> message) {
    JsonObject json =
        new JsonObject().put("type", "rec").put("address", address).put("body", message.body());
    if (message.replyAddress() != null) {
      json.put("replyAddress", message.replyAddress());
    }
    MultiMap headers = message.headers();
    if (!headers.isEmpty()) {
      JsonObject shown = new JsonObject();
      headers.forEach(shown::put);
      json.put("headers", shown);
    }
    return json.toBuffer();
  }

  @Override
  public Buffer failure(Frame request, int code, ReplyFailure type, String text) {
    return new JsonObject()
        .put("type", "err")
        .put("address", request.replyAddress())
        .put("failureCode", code)
        .put("failureType", type.name())
        .put("message", text)
        .toBuffer();
  }

  @Override
  public Buffer error(String word) {
    return new JsonObject().put("type", "err").put("body", word).toBuffer();
  }

  @Override
  public Buffer error(String word, Frame about) {
    if (about.replyAddress() == null) {
      return error(word);
    }
    Code code = word.equals(ACCESS_DENIED) ? Code.FORBIDDEN : Code.BAD_REQUEST;
    return failure(
        about,
        code.number,
        ReplyFailure.RECIPIENT_FAILURE,
        code.text(word + " " + about.address()));
  }
}
