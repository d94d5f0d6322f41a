package dev.weir.http;

import dev.weir.door.AllowList;
import dev.weir.door.DoorOptions;
import dev.weir.protocol.Fields;
import dev.weir.protocol.RequestException;
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
 */
public record HttpSettings(DoorOptions door, AllowList allow, Set<String> allowedOrigins) {
  private static final int DEFAULT_PORT = 8080;

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
            origins(fields.has("allowedOrigins") ? fields.any("allowedOrigins") : null));
    fields.done();
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
