package dev.weir.http;

import dev.weir.core.Limit;
import dev.weir.door.AllowList;
import dev.weir.door.DoorOptions;
import dev.weir.protocol.Fields;
import dev.weir.protocol.RequestException;
import dev.weir.relay.RelayLimits;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * What {@code http} in the configuration says.
 *
 * @param door where it listens, and for how many
 * @param allow which addresses web sockets may send to and hear from
 * @param allowedOrigins whose pages may ask, instead of the door's own origins; none for these
 * @param bodyBytesMax the longest body of a request
 * @param bodyMs how long one may take to arrive, in milliseconds
 * @param headerMs how long the head of a request may take to arrive, in milliseconds
 * @param headerBytesMax the longest head of a request
 * @param relay bounds of web sockets; its {@code bufferedBytesMax} holds for bodies that have not
 *     arrived too, its {@code unreadMs} and {@code idleMs} for all connections
 */
public record HttpSettings(
    DoorOptions door,
    AllowList allow,
    Set<String> allowedOrigins,
    int bodyBytesMax,
    int bodyMs,
    int headerMs,
    int headerBytesMax,
    RelayLimits relay) {
  private static final int DEFAULT_PORT = 8080;
  private static final int BODY_BYTES_MAX = 8 << 20;
  private static final int BODY_MS = 30_000;
  private static final int HEADER_MS = 10_000;
  private static final int HEADER_BYTES_MAX = 8 << 10;
  private static final int HEADER_BYTES_MOST = 1 << 20;
  private static final int MIB = 1 << 20;

  /**
   * Pages show figures and send small things, a few at a time; what is large goes through the API.
   */
  private static final RelayLimits OF_PAGES =
      new RelayLimits(
          64 << 10, 64 * MIB, 1000, 16 * MIB, 32, 4 * MIB, 1000, 1000, MIB, 32 * MIB, 30_000,
          300_000);

  /**
   * Reads and checks them.
   *
   * @throws RequestException that names the setting that is wrong
   */
  public static HttpSettings parse(JsonObject json) {
    Fields fields = new Fields("http.", json);
    HttpSettings settings =
        new HttpSettings(
            DoorOptions.read("http", fields, DEFAULT_PORT),
            AllowList.read(fields),
            origins(fields.has("allowedOrigins") ? fields.any("allowedOrigins") : null),
            (int) fields.number("bodyBytesMax", BODY_BYTES_MAX, 1, Limit.MOST),
            (int) fields.number("bodyMs", BODY_MS, 1, Limit.MOST),
            (int) fields.number("headerMs", HEADER_MS, 1, Limit.MOST),
            (int) fields.number("headerBytesMax", HEADER_BYTES_MAX, 1, HEADER_BYTES_MOST),
            RelayLimits.read("http", fields, OF_PAGES));
    fields.done();
    if (settings.bodyBytesMax > settings.relay.bufferedBytesMax()) {
      throw RequestException.bad(
          "http.bodyBytesMax %d is over http.bufferedBytesMax %d",
          settings.bodyBytesMax, settings.relay.bufferedBytesMax());
    }
    return settings;
  }

  private static Set<String> origins(Object value) {
    Set<String> origins = new HashSet<>();
    if (value == null) {
      return origins;
    }
    if (!(value instanceof JsonArray array)) {
      throw RequestException.bad("http.allowedOrigins must be an array of origins");
    }
    for (Object origin : array) {
      if (!(origin instanceof String text) || !text.matches("https?://[^/\\s]+")) {
        throw RequestException.bad(
            "http.allowedOrigins must hold origins like http://example.org:8080: %s is none",
            origin);
      }
      origins.add(text.toLowerCase(Locale.ROOT));
    }
    return origins;
  }
}
