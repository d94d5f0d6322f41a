package dev.weir.http;

import dev.weir.door.BufferedBytes;
import dev.weir.door.Connections;
import dev.weir.protocol.Code;
import dev.weir.protocol.RequestException;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Reads the JSON object that a request carries: never more of it than is allowed, never for longer,
 * and never more of all requests together than there is room for. On the door's context.
 */
final class BodyReader {

  /** Longer ones are parsed by a worker: the context has others to serve. */
  private static final int PARSE_HERE_BYTES = 64 << 10;

  private static final long SWEEP_MS = 1000;

  private final Vertx vertx;
  private final HttpSettings settings;
  private final BufferedBytes buffered;
  private final Set<Reading> arriving = new LinkedHashSet<>();
  private final long sweepTimer;

  /**
   * @param buffered what has arrived of all bodies, and of web sockets' frames, and waits
   */
  BodyReader(Vertx vertx, HttpSettings settings, BufferedBytes buffered) {
    this.vertx = vertx;
    this.settings = settings;
    this.buffered = buffered;
    this.sweepTimer = vertx.setPeriodic(Math.min(SWEEP_MS, settings.bodyMs()), id -> sweep());
  }

  /** Ends the bodies that take too long; they are in the order in which they began. */
  private void sweep() {
    long now = System.nanoTime();
    for (Reading reading : List.copyOf(arriving)) {
      if (now - reading.beganNanos < TimeUnit.MILLISECONDS.toNanos(settings.bodyMs())) {
        return;
      }
      reading.stop(Code.TOO_SLOW, "the body took over http.bodyMs " + settings.bodyMs());
    }
  }

  void stop() {
    vertx.cancelTimer(sweepTimer);
  }

  /**
   * The object; empty where the body is.
   *
   * @return fails with a {@link RequestException}: 415 for another type, 413 past {@code
   *     bodyBytesMax} (before any of it is read where its length is said), 408 past {@code bodyMs},
   *     429 where others send too much at the moment, 400 for what is no JSON object
   */
  Future<JsonObject> read(RoutingContext context) {
    HttpServerRequest request = context.request();
    if (!isJson(request.getHeader(HttpHeaders.CONTENT_TYPE))) {
      return refuse(request, Code.NOT_JSON, "content-type must be application/json");
    }
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    if (length != null && Long.parseLong(length) > settings.bodyBytesMax()) {
      return refuse(request, Code.TOO_LARGE, tooLarge());
    }
    if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
      request.response().writeContinue();
    }
    Reading reading = new Reading(request);
    return reading
        .body()
        .compose(this::parse)
        .onComplete(parsed -> giveBack(context, reading.bytes.length(), parsed));
  }

  /** What waits in a line counts there; all else counts here until it is answered. */
  private void giveBack(RoutingContext context, int length, AsyncResult<JsonObject> parsed) {
    if (parsed.succeeded() && !Connections.waits(parsed.result())) {
      context.addEndHandler(over -> buffered.give(length));
    } else {
      buffered.give(length);
    }
  }

  private static boolean isJson(String type) {
    if (type == null) {
      return false;
    }
    int end = type.indexOf(';');
    String media = end < 0 ? type : type.substring(0, end);
    return media.strip().toLowerCase(Locale.ROOT).equals(Answers.JSON);
  }

  private String tooLarge() {
    return "the body may have at most http.bodyBytesMax " + settings.bodyBytesMax() + " bytes";
  }

  /** What else comes is dropped, and the connection closes once the answer could be read. */
  private <T> Future<T> refuse(HttpServerRequest request, Code code, String sentence) {
    if (!request.isEnded()) {
      request.handler(dropped -> {});
      request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
      vertx.setTimer(Connections.LINGER_MS, over -> request.connection().close());
    }
    return Future.failedFuture(new RequestException(code, sentence));
  }

  private Future<JsonObject> parse(Buffer bytes) {
    if (bytes.length() == 0) {
      return Future.succeededFuture(new JsonObject());
    }
    if (bytes.length() > PARSE_HERE_BYTES) {
      return vertx.executeBlocking(() -> object(bytes), false);
    }
    try {
      return Future.succeededFuture(object(bytes));
    } catch (RequestException e) {
      return Future.failedFuture(e);
    }
  }

  private static JsonObject object(Buffer bytes) {
    try {
      return bytes.toJsonObject();
    } catch (DecodeException e) {
      throw RequestException.bad("the body is no JSON object: %s", firstLine(e));
    } catch (ClassCastException e) {
      throw RequestException.bad("the body is no JSON object");
    }
  }

  private static String firstLine(DecodeException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  /** One body on its way. */
  private final class Reading {
    private final HttpServerRequest request;
    private final Promise<Buffer> done = Promise.promise();
    private final Buffer bytes = Buffer.buffer();
    private final long beganNanos = System.nanoTime();

    Reading(HttpServerRequest request) {
      this.request = request;
      arriving.add(this);
      request.handler(this::more);
      request.endHandler(end -> done.tryComplete(bytes));
      request.exceptionHandler(cause -> done.tryFail(unreadable(cause)));
    }

    Future<Buffer> body() {
      return done.future().onComplete(over -> arriving.remove(this));
    }

    private static RequestException unreadable(Throwable cause) {
      return new RequestException(
          Code.BAD_REQUEST, "the body can not be read: " + cause.getMessage());
    }

    private void more(Buffer piece) {
      if (done.future().isComplete()) {
        return;
      }
      if (bytes.length() + piece.length() > settings.bodyBytesMax()) {
        stop(Code.TOO_LARGE, tooLarge());
      } else if (buffered.take(piece.length())) {
        bytes.appendBuffer(piece);
      } else {
        stop(
            Code.TOO_MANY_WAITING,
            "others are sending http.bufferedBytesMax "
                + settings.relay().bufferedBytesMax()
                + " bytes");
      }
    }

    private void stop(Code code, String sentence) {
      if (!done.future().isComplete()) {
        BodyReader.this.<Buffer>refuse(request, code, sentence).onComplete(done);
      }
    }
  }
}
