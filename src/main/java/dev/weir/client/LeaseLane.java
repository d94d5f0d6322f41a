package dev.weir.client;

import dev.weir.protocol.Addresses;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Acks, nacks or extends at one queue: never behind a take, never on one. */
final class LeaseLane extends Lane<LeaseLane.LeaseCall> {
  private final Sender sender;
  private final String address;
  private final QueueClientOptions options;

  LeaseLane(Sender sender, String queue, QueueClientOptions options) {
    this.sender = sender;
    this.address = Addresses.consume(queue);
    this.options = options;
  }

  /** One lease and what shall become of it; fails where the lease is lost. */
  static final class LeaseCall extends Lane.Call<Void> {
    final JsonObject lease;
    final JsonObject parameters;

    /**
     * @param parameters the request but for its consumer and leases
     */
    LeaseCall(JsonObject lease, JsonObject parameters) {
      this.lease = lease;
      this.parameters = parameters;
    }

    @Override
    int items() {
      return 1;
    }
  }

  @Override
  boolean goTogether(LeaseCall first, LeaseCall next) {
    return first.parameters.equals(next.parameters);
  }

  @Override
  Future<Void> send(List<LeaseCall> together) {
    JsonArray leases = new JsonArray();
    together.forEach(call -> leases.add(call.lease));
    JsonObject request =
        together.get(0).parameters.copy().put("consumer", options.name()).put("leases", leases);
    return sender
        .retrying(() -> sender.once(address, request, Sender.SLACK_MS), options.retry())
        .transform(
            sent -> {
              if (sent.failed()) {
                together.forEach(call -> call.answer.fail(sent.cause()));
              } else {
                answer(together, sent.result());
              }
              return Future.succeededFuture();
            });
  }

  private static void answer(List<LeaseCall> together, JsonObject answer) {
    Map<Long, String> refused = new HashMap<>();
    for (Object entry : answer.getJsonArray("refused")) {
      JsonObject lost = (JsonObject) entry;
      refused.put(lost.getLong("id"), lost.getString("reason"));
    }
    for (LeaseCall call : together) {
      String reason = refused.get(call.lease.getLong("id"));
      if (reason == null) {
        call.answer.complete();
      } else {
        call.answer.fail(new LeaseLostException(call.lease.getLong("id"), reason));
      }
    }
  }
}
