package dev.weir.http;

import dev.weir.door.Connections;
import io.vertx.core.AsyncResult;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.util.function.UnaryOperator;

/**
 * Asks a queue for one HTTP request and holds the request open until the answer. A connection is no
 * session here: what a client took stays its own until the lease ends, whatever becomes of the
 * connection, but a client that goes away before its answer was written leaves the line at once and
 * what it was given goes back without an attempt counted.
 */
final class Answers {
  static final String JSON = "application/json";

  private final Vertx vertx;
  private final Connections connections;

  Answers(Vertx vertx, Connections connections) {
    this.vertx = vertx;
    this.connections = connections;
  }

  /**
   * Sends a message and answers with what comes back.
   *
   * @param shape what the client is shown of the answer
   */
  void ask(
      HttpServerResponse response,
      String address,
      JsonObject message,
      UnaryOperator<JsonObject> shape) {
    if (response.closed()) {
      return;
    }
    new Call(response, address, shape).send(message);
  }

  private final class Call {
    private final HttpServerResponse response;
    private final String address;
    private final UnaryOperator<JsonObject> shape;
    private final String name = connections.once();
    private boolean left;

    Call(HttpServerResponse response, String address, UnaryOperator<JsonObject> shape) {
      this.response = response;
      this.address = address;
      this.shape = shape;
    }

    void send(JsonObject message) {
      response.closeHandler(closed -> leave());
      vertx
          .eventBus()
          .<JsonObject>request(address, message, Connections.request(name, message))
          .onComplete(this::answered);
    }

    /** Nobody is there any more: out of the line. */
    private void leave() {
      if (!left && !response.ended()) {
        left = true;
        Connections.unheard(vertx, name);
      }
    }

    private void answered(AsyncResult<Message<JsonObject>> result) {
      if (result.failed()) {
        Problem.of(result.cause(), address).send(response);
        return;
      }
      JsonObject answer = result.result().body();
      if (left || response.closed() || response.ended()) {
        giveBack(answer);
        return;
      }
      response
          .putHeader(HttpHeaders.CONTENT_TYPE, JSON)
          .end(shape.apply(answer).toBuffer())
          .onFailure(cause -> giveBack(answer));
    }

    /** Leases that nobody heard of. The word that nobody is there may have come before them. */
    private void giveBack(JsonObject answer) {
      if (answer.containsKey("items")) {
        Connections.unheard(vertx, name);
      }
    }
  }
}
