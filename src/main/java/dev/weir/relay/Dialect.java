package dev.weir.relay;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.EncodeException;

/** How the frames that clients are sent are written, which differs from transport to transport. */
public interface Dialect {

  /** The word for an address, or a body there, that is not permitted. */
  String ACCESS_DENIED = "access_denied";

  /** The answer to a ping; null where there is none. */
  Buffer pong();

  /**
   * A message or an answer.
   *
   * @param address what the client knows it by: where it listens, or the reply address it gave
   * @throws EncodeException where it is nothing that JSON can say
   */
  Buffer message(String address, Message<?> message);

  /** A request failed, or was refused. */
  Buffer failure(Frame request, int code, ReplyFailure type, String text);

  /** A frame was refused before it was anything. */
  Buffer error(String word);

  /** A frame was refused that says what it was about. */
  Buffer error(String word, Frame about);

  /** A request failed, or was refused. */
  default Buffer failure(Frame request, Throwable cause) {
    ReplyException failure =
        cause instanceof ReplyException reply
            ? reply
            : new ReplyException(ReplyFailure.ERROR, cause.getMessage());
    return failure(request, failure.failureCode(), failure.failureType(), failure.getMessage());
  }

  /** An answer, or the failure that says that it is nothing that JSON can say. */
  default Buffer answer(Frame request, Message<?> message) {
    try {
      return message(request.replyAddress(), message);
    } catch (EncodeException e) {
      return failure(request, -1, ReplyFailure.ERROR, "the answer can not be written as JSON");
    }
  }
}
