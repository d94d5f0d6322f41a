package dev.weir.client;

import dev.weir.core.Command;
import dev.weir.protocol.Addresses;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Puts to one queue, in one session: a request that is sent again is stored once. At most one
 * request is unanswered, so what is unanswered stays far within the session's window.
 */
final class PutLane extends Lane<PutLane.PutCall> {
  private static final long BYTES_MAX = 3 << 20;

  private final Sender sender;
  private final String address;
  private final QueueClientOptions options;
  private final String session = UUID.randomUUID().toString();
  private long nextSeq;

  PutLane(Sender sender, String queue, QueueClientOptions options) {
    this.sender = sender;
    this.address = Addresses.produce(queue);
    this.options = options;
  }

  /** Items of one call. */
  static final class PutCall extends Lane.Call<PutResult> {
    final List<Command.PutItem> items;
    final long waitMs;
    final long bytes;
    long seq = -1;

    PutCall(List<Command.PutItem> items, long waitMs) {
      this.items = items;
      this.waitMs = waitMs;
      long sum = 0;
      for (Command.PutItem item : items) {
        sum += item.body().sizeBytes();
      }
      this.bytes = sum;
    }

    @Override
    int items() {
      return items.size();
    }

    @Override
    long bytes() {
      return bytes;
    }
  }

  @Override
  long bytesMax() {
    return BYTES_MAX;
  }

  @Override
  boolean goTogether(PutCall first, PutCall next) {
    return first.waitMs == next.waitMs;
  }

  @Override
  Future<Void> send(List<PutCall> together) {
    for (PutCall call : together) {
      if (call.seq < 0) {
        call.seq = nextSeq;
        nextSeq += call.items();
      }
    }
    return sendWhole(together)
        .transform(
            sent -> {
              if (sent.succeeded()) {
                split(together, sent.result());
                return Future.succeededFuture();
              }
              if (together.size() == 1 || Sender.mayPass(sent.cause())) {
                together.forEach(call -> call.answer.fail(sent.cause()));
                return Future.succeededFuture();
              }
              return oneByOne(together);
            });
  }

  /** Nobody pays for a neighbour: a refused request is sent again call by call. */
  private Future<Void> oneByOne(List<PutCall> together) {
    Future<Void> done = Future.succeededFuture();
    for (PutCall call : together) {
      done = done.compose(nothing -> send(List.of(call)));
    }
    return done;
  }

  private Future<JsonObject> sendWhole(List<PutCall> together) {
    List<Command.PutItem> items = new ArrayList<>();
    together.forEach(call -> items.addAll(call.items));
    long untilNanos = System.nanoTime() + together.get(0).waitMs * 1_000_000;
    return sender.retrying(() -> waiting(items, together.get(0).seq, untilNanos), options.retry());
  }

  /**
   * Waits in line as long as the call wants to. Where that is longer than one request may wait, the
   * same request is sent again before its wait is over and so keeps its place.
   */
  private Future<JsonObject> waiting(List<Command.PutItem> items, long seq, long untilNanos) {
    long leftMs = Math.max(0, (untilNanos - System.nanoTime()) / 1_000_000);
    long waitMs = Math.min(leftMs, options.waitAtOnceMs());
    boolean isLast = waitMs == leftMs;
    Command.Put request = new Command.Put(options.name(), waitMs, session, seq, items);
    long timeoutMs = isLast ? waitMs + Sender.SLACK_MS : waitMs * 4 / 5;
    return sender
        .put(address, request, timeoutMs)
        .recover(
            cause ->
                isLast || !Sender.isTimeout(cause)
                    ? Future.failedFuture(cause)
                    : waiting(items, seq, untilNanos));
  }

  /** Gives each call its part of the answer. */
  private static void split(List<PutCall> together, JsonObject answer) {
    JsonArray ids = answer.getJsonArray("ids");
    JsonArray duplicates = answer.getJsonArray("duplicates");
    JsonObject receipt = answer.getJsonObject("receipt");
    int from = 0;
    int duplicate = 0;
    for (PutCall call : together) {
      int to = from + call.items();
      List<Long> own = new ArrayList<>(call.items());
      for (int place = from; place < Math.min(to, ids.size()); place++) {
        own.add(ids.getLong(place));
      }
      List<Integer> again = List.of();
      for (; duplicate < duplicates.size() && duplicates.getInteger(duplicate) < to; duplicate++) {
        again = again.isEmpty() ? new ArrayList<>() : again;
        again.add(duplicates.getInteger(duplicate) - from);
      }
      boolean stored = own.size() == call.items();
      call.answer.complete(new PutResult(stored, own, again, own.isEmpty() ? null : receipt));
      from = to;
    }
  }
}
