package dev.weir.client;

import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Map;

/** The item of the exercise, and how it is printed: numbers plainly, never with an exponent. */
final class LabItem {
  private LabItem() {}

  static JsonObject create(long producerId, int value, Instant now) {
    double seconds = now.getEpochSecond() + now.getNano() / 1000 / 1e6;
    return new JsonObject()
        .put("type", "producer")
        .put("producer_id", producerId)
        .put("value", value)
        .put("timestamp", seconds);
  }

  static String print(Object body) {
    if (!(body instanceof JsonObject json)) {
      return io.vertx.core.json.Json.encode(body);
    }
    StringBuilder text = new StringBuilder("{");
    for (Map.Entry<String, Object> entry : json) {
      text.append(text.length() == 1 ? "" : ", ");
      text.append(io.vertx.core.json.Json.encode(entry.getKey())).append(": ");
      text.append(value(entry.getValue()));
    }
    return text.append('}').toString();
  }

  private static String value(Object value) {
    if (value instanceof Double real && !real.isInfinite() && !real.isNaN()) {
      BigDecimal plain = BigDecimal.valueOf(real);
      return plain.setScale(Math.min(plain.scale(), 6), RoundingMode.HALF_UP).toPlainString();
    }
    return value instanceof JsonObject ? print(value) : io.vertx.core.json.Json.encode(value);
  }
}
