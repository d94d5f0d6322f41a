package dev.weir.client;

import dev.weir.core.Limit;
import dev.weir.protocol.Addresses;
import dev.weir.protocol.Fields;
import dev.weir.protocol.RequestException;
import dev.weir.protocol.StartFailure;
import io.vertx.core.json.JsonObject;

/**
 * What {@code producer.json} and {@code consumer.json} say.
 *
 * @param id the number of the producer or consumer, -1 to ask for it
 * @param count after how many items it ends, -1 for never
 * @param waitMs how long a request waits at the queue before it says so
 */
record ClientSettings(
    String queue,
    long id,
    long count,
    long waitMs,
    long pauseMinMs,
    long pauseMaxMs,
    RetryOptions retry) {

  static ClientSettings parse(JsonObject json, long pauseMinMs, long pauseMaxMs) {
    try {
      Fields fields = new Fields("", json);
      String queue = fields.optionalName("queue");
      if (queue != null && !Addresses.isQueueName(queue)) {
        throw new RequestException(
            dev.weir.protocol.Code.BAD_REQUEST, "queue is " + queue + ": not a queue's name");
      }
      JsonObject pauseJson = fields.object("pauseMs");
      Fields pause = new Fields("pauseMs.", pauseJson == null ? new JsonObject() : pauseJson);
      ClientSettings settings =
          new ClientSettings(
              queue == null ? "lab" : queue,
              optional(fields, json, "id", 0),
              optional(fields, json, "count", 1),
              fields.number("waitMs", 1000, 0, Limit.MOST),
              pause.number("min", pauseMinMs, 0, Limit.MOST),
              pause.number("max", pauseMaxMs, 0, Limit.MOST),
              RetryOptions.fromJson("retry.", fields.object("retry"), RetryOptions.FOR_EVER));
      pause.done();
      fields.done();
      if (settings.pauseMinMs > settings.pauseMaxMs) {
        throw new RequestException(
            dev.weir.protocol.Code.BAD_REQUEST, "pauseMs.min must not be over pauseMs.max");
      }
      return settings;
    } catch (RequestException e) {
      throw StartFailure.wrongSetting("wrong setting: " + e.getMessage());
    }
  }

  private static long optional(Fields fields, JsonObject json, String name, long least) {
    return fields.has(name) && json.getValue(name) != null
        ? fields.number(name, least, Limit.MOST)
        : -1;
  }
}
