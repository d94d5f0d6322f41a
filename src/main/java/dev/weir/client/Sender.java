package dev.weir.client;

import dev.weir.core.Command;
import dev.weir.protocol.Addresses;
import dev.weir.protocol.Code;
import dev.weir.protocol.PutCodec;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/** Sends one request, and sends it again as long as the failure may pass. */
final class Sender {

  /** How much longer than the queue a request waits: the way there and back, and a slow node. */
  static final long SLACK_MS = 10_000;

  private static final Set<Integer> PASSING = Set.of(429, 503, 504);

  private final Vertx vertx;
  private final String from;

  Sender(Vertx vertx, String from) {
    this.vertx = vertx;
    this.from = from;
    PutCodec.register(vertx.eventBus());
  }

  Vertx vertx() {
    return vertx;
  }

  /** Whether the same request may succeed later. */
  static boolean mayPass(Throwable cause) {
    if (!(cause instanceof ReplyException failure)) {
      return false;
    }
    return failure.failureType() != ReplyFailure.RECIPIENT_FAILURE
        || PASSING.contains(failure.failureCode())
            && !String.valueOf(failure.getMessage()).startsWith(Code.TOO_OLD.word);
  }

  static boolean isTimeout(Throwable cause) {
    return cause instanceof ReplyException failure && failure.failureType() == ReplyFailure.TIMEOUT;
  }

  /** One request, once. */
  Future<JsonObject> once(String address, JsonObject request, long timeoutMs) {
    return ask(address, request, delivery(timeoutMs));
  }

  /** One put, once. */
  Future<JsonObject> put(String address, Command.Put put, long timeoutMs) {
    return ask(address, put, delivery(timeoutMs).setCodecName(PutCodec.NAME));
  }

  private DeliveryOptions delivery(long timeoutMs) {
    return new DeliveryOptions().setSendTimeout(timeoutMs).addHeader(Addresses.FROM_HEADER, from);
  }

  private Future<JsonObject> ask(String address, Object request, DeliveryOptions options) {
    return vertx.eventBus().<JsonObject>request(address, request, options).map(Message::body);
  }

  /** One attempt after another; each makes its request anew. */
  Future<JsonObject> retrying(Supplier<Future<JsonObject>> attempt, RetryOptions retry) {
    Promise<JsonObject> done = Promise.promise();
    attempt(attempt, retry, System.nanoTime(), 0, done);
    return done.future();
  }

  private void attempt(
      Supplier<Future<JsonObject>> attempt,
      RetryOptions retry,
      long startedNanos,
      int failures,
      Promise<JsonObject> done) {
    attempt
        .get()
        .onSuccess(done::complete)
        .onFailure(
            cause -> {
              long passedMs = (System.nanoTime() - startedNanos) / 1_000_000;
              boolean over = retry.giveUpMs() >= 0 && passedMs >= retry.giveUpMs();
              if (!mayPass(cause) || over) {
                done.fail(cause);
                return;
              }
              long delayMs = retry.delayMs(failures + 1, ThreadLocalRandom.current().nextDouble());
              vertx.setTimer(
                  delayMs, id -> attempt(attempt, retry, startedNanos, failures + 1, done));
            });
  }
}
