package dev.weir.relay;

import dev.weir.protocol.Addresses;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/** Puts the headers of a frame into the options of a message. */
final class Headers {
  private static final long TIMEOUT_MS_MOST = 3_600_000;

  private Headers() {}

  /**
   * Takes over what a client may say: its own headers, and as in Vert.x' bridge {@code timeout} in
   * milliseconds and {@code localOnly}. Who asks is never the client's to say, nor is the codec.
   *
   * @param timed whether the time-out is the client's to choose
   * @throws BadFrame at a header of the wrong kind
   */
  static DeliveryOptions into(DeliveryOptions options, JsonObject headers, boolean timed) {
    if (headers == null) {
      return options;
    }
    for (Map.Entry<String, Object> header : headers) {
      Object value = header.getValue();
      if (value == null) {
        throw BadFrame.INVALID;
      }
      switch (header.getKey()) {
        case "timeout" -> {
          long timeoutMs = timeoutMs(value);
          if (timed) {
            options.setSendTimeout(timeoutMs);
          }
        }
        case "localOnly" -> {
          if (!(value instanceof Boolean localOnly)) {
            throw BadFrame.INVALID;
          }
          options.setLocalOnly(localOnly);
        }
        case "codecName" -> throw BadFrame.INVALID;
        default -> add(options, header.getKey(), value);
      }
    }
    return options;
  }

  private static long timeoutMs(Object value) {
    if (value instanceof Number number && number.longValue() >= 1) {
      return Math.min(number.longValue(), TIMEOUT_MS_MOST);
    }
    throw BadFrame.INVALID;
  }

  private static void add(DeliveryOptions options, String name, Object value) {
    if (!Addresses.isInternalHeader(name)) {
      options.addHeader(name, value.toString());
    }
  }
}
