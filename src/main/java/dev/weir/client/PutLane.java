package dev.weir.client;

import dev.weir.protocol.Addresses;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
    final JsonArray items;
    final long waitMs;
    final long bytes;
    long seq = -1;

    PutCall(JsonArray items, long waitMs) {
      this.items = items;
      this.waitMs = waitMs;
      this.bytes = about(items);
    }

    /**
     * About how long the JSON of a value is, without writing it. Where it was too little, the
     * request is refused and goes again call by call.
     *
     * @throws IllegalArgumentException at what JSON can not say: no neighbour may pay for it
     */
    private static long about(Object value) {
      long bytes = 8;
      if (value instanceof CharSequence text) {
        bytes += text.length();
      } else if (value instanceof JsonObject object) {
        for (Map.Entry<String, Object> field : object) {
          bytes += field.getKey().length() + about(field.getValue());
        }
      } else if (value instanceof JsonArray array) {
        for (Object element : array) {
          bytes += about(element);
        }
      } else if (value instanceof Buffer buffer) {
        bytes += buffer.length() * 4L / 3;
      } else if (value instanceof byte[] array) {
        bytes += array.length * 4L / 3;
      } else if (!isPlain(value)) {
        throw new IllegalArgumentException("JSON can not say a " + value.getClass().getName());
      }
      return bytes;
    }

    private static boolean isPlain(Object value) {
      return value == null
          || value instanceof Number
          || value instanceof Boolean
          || value instanceof Enum<?>
          || value instanceof Instant;
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
    JsonArray items = new JsonArray();
    together.forEach(call -> call.items.forEach(items::add));
    long untilNanos = System.nanoTime() + together.get(0).waitMs * 1_000_000;
    return sender.retrying(() -> waiting(items, together.get(0).seq, untilNanos), options.retry());
  }

  /**
   * Waits in line as long as the call wants to. Where that is longer than one request may wait, the
   * same request is sent again before its wait is over and so keeps its place.
   */
  private Future<JsonObject> waiting(JsonArray items, long seq, long untilNanos) {
    long leftMs = Math.max(0, (untilNanos - System.nanoTime()) / 1_000_000);
    long waitMs = Math.min(leftMs, options.waitAtOnceMs());
    boolean isLast = waitMs == leftMs;
    JsonObject request =
        new JsonObject()
            .put("op", "put")
            .put("producer", options.name())
            .put("session", session)
            .put("seq", seq)
            .put("waitMs", waitMs)
            .put("items", items);
    long timeoutMs = isLast ? waitMs + Sender.SLACK_MS : waitMs * 4 / 5;
    return sender
        .once(address, request, timeoutMs)
        .recover(
            cause ->
                isLast || !Sender.isTimeout(cause)
                    ? Future.failedFuture(cause)
                    : waiting(items, seq, untilNanos));
  }

  /** Gives each call its part of the answer. */
  private static void split(List<PutCall> together, JsonObject answer) {
    JsonArray ids = answer.getJsonArray("ids");
    int from = 0;
    for (PutCall call : together) {
      int to = from + call.items();
      List<Long> own = new ArrayList<>();
      for (int place = from; place < Math.min(to, ids.size()); place++) {
        own.add(ids.getLong(place));
      }
      List<Integer> duplicates = new ArrayList<>();
      for (Object place : answer.getJsonArray("duplicates")) {
        int at = ((Number) place).intValue();
        if (at >= from && at < to) {
          duplicates.add(at - from);
        }
      }
      JsonObject receipt = own.isEmpty() ? null : answer.getJsonObject("receipt");
      Promise<PutResult> promise = call.answer;
      promise.complete(new PutResult(own.size() == call.items(), own, duplicates, receipt));
      from = to;
    }
  }
}
