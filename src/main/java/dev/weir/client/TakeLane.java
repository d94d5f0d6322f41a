package dev.weir.client;

import dev.weir.protocol.Addresses;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Takes from one queue. Several calls ask for the sum of what they want; what comes is dealt out in
 * the order of the calls, and whoever got nothing goes on waiting.
 */
final class TakeLane extends Lane<TakeLane.TakeCall> {
  private final Sender sender;
  private final String queue;
  private final QueueClientOptions options;

  TakeLane(Sender sender, String queue, QueueClientOptions options) {
    this.sender = sender;
    this.queue = queue;
    this.options = options;
  }

  /** One take. */
  static final class TakeCall extends Lane.Call<List<Item>> {
    final TakeOptions wanted;
    final long untilNanos;

    TakeCall(TakeOptions wanted) {
      this.wanted = wanted;
      this.untilNanos = System.nanoTime() + wanted.waitMs() * 1_000_000;
    }

    @Override
    int items() {
      return wanted.max();
    }

    long leftMs() {
      return Math.max(0, (untilNanos - System.nanoTime()) / 1_000_000);
    }
  }

  @Override
  boolean goTogether(TakeCall first, TakeCall next) {
    return first.wanted.withMax(1).equals(next.wanted.withMax(1));
  }

  @Override
  Future<Void> send(List<TakeCall> together) {
    String ticket = UUID.randomUUID().toString();
    return sender
        .retrying(() -> once(together, ticket), options.retry())
        .transform(
            sent -> {
              if (sent.failed()) {
                together.forEach(call -> call.answer.fail(sent.cause()));
              } else {
                deal(together, sent.result().getJsonArray("items", new JsonArray()));
              }
              return Future.succeededFuture();
            });
  }

  private Future<JsonObject> once(List<TakeCall> together, String ticket) {
    TakeOptions wanted = together.get(0).wanted;
    long waitMs = Math.min(together.get(0).leftMs(), options.waitAtOnceMs());
    JsonObject request =
        new JsonObject()
            .put("op", "take")
            .put("consumer", options.name())
            .put("max", together.stream().mapToInt(TakeCall::items).sum())
            .put("waitMs", waitMs)
            .put("ticket", ticket)
            .put("autoAck", wanted.autoAck());
    if (wanted.leaseMs() > 0) {
      request.put("leaseMs", wanted.leaseMs());
    }
    return sender.once(Addresses.consume(queue), request, waitMs + Sender.SLACK_MS);
  }

  private void deal(List<TakeCall> together, JsonArray items) {
    int next = 0;
    List<TakeCall> again = new ArrayList<>();
    for (TakeCall call : together) {
      List<Item> own = new ArrayList<>();
      while (own.size() < call.items() && next < items.size()) {
        own.add(new Item(queue, items.getJsonObject(next++)));
      }
      if (own.isEmpty() && call.leftMs() > 0) {
        again.add(call);
      } else {
        call.answer.complete(own);
      }
    }
    for (int at = again.size() - 1; at >= 0; at--) {
      addFirst(again.get(at));
    }
  }
}
