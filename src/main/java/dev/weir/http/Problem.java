package dev.weir.http;

import dev.weir.protocol.Code;
import dev.weir.protocol.RequestException;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Why a request over HTTP failed: {@code {"code","word","message"}}, the code as status too, the
 * message the very text of the event bus.
 */
record Problem(int code, String message) {
  private static final Logger LOG = Logger.getLogger(Problem.class.getName());
  private static final int FIRST_FAILURE = 400;

  /** When to ask again what is refused only for now, in seconds. */
  private static final String AGAIN_S = "1";

  static Problem of(Code code, String sentence) {
    return new Problem(code.number, code.text(sentence));
  }

  /** What a failure says to whoever asked; a failure that nobody foresaw is logged. */
  static Problem of(Throwable cause, String address) {
    if (cause instanceof RequestException refused) {
      return of(refused.code(), refused.getMessage());
    }
    if (cause instanceof ReplyException failure) {
      return of(failure, address);
    }
    LOG.log(Level.SEVERE, "a request over HTTP to " + address + " failed", cause);
    return of(Code.DEFECT, "the request failed: " + cause);
  }

  private static Problem of(ReplyException failure, String address) {
    if (failure.failureType() == ReplyFailure.NO_HANDLERS) {
      return of(Code.NO_SUCH_QUEUE, "nobody serves " + address + " now");
    }
    if (failure.failureType() == ReplyFailure.TIMEOUT) {
      return of(Code.OUTCOME_UNKNOWN, "no answer came in time: it may have been done");
    }
    if (failure.failureCode() >= FIRST_FAILURE) {
      return new Problem(failure.failureCode(), failure.getMessage());
    }
    return of(Code.DEFECT, String.valueOf(failure.getMessage()));
  }

  private String word() {
    int end = message.indexOf(": ");
    return end < 0 ? Code.DEFECT.word : message.substring(0, end);
  }

  void send(HttpServerResponse response) {
    if (response.ended() || response.closed()) {
      return;
    }
    if (code == Code.TOO_MANY_WAITING.number || code == Code.NOT_READY.number) {
      response.putHeader(HttpHeaders.RETRY_AFTER, AGAIN_S);
    }
    JsonObject json =
        new JsonObject().put("code", code).put("word", word()).put("message", message);
    response
        .setStatusCode(code)
        .putHeader(HttpHeaders.CONTENT_TYPE, Answers.JSON)
        .end(json.toBuffer());
  }
}
