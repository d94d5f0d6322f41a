package dev.weir.http;

import dev.weir.protocol.Code;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.http.HttpServerRequest;

/** The answer to what is no HTTP request; Vert.x closes the connection behind it. */
final class BadRequest {

  private BadRequest() {}

  static void answer(HttpServerRequest request) {
    Throwable cause = request.decoderResult().cause();
    boolean isLong =
        cause instanceof TooLongHttpLineException || cause instanceof TooLongHttpHeaderException;
    Problem.of(
            isLong ? Code.HEAD_TOO_LARGE : Code.BAD_REQUEST,
            isLong
                ? "the head of a request may have at most http.headerBytesMax bytes"
                : "this is no HTTP request")
        .send(request.response());
  }
}
