package dev.weir.http;

import dev.weir.protocol.RequestException;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The fields of a request that stand in its address: texts there, JSON values in a message. */
final class Query {
  private static final Set<String> NUMBERS = Set.of("max", "fromId");
  private static final Set<String> FLAGS = Set.of("watch", "force");
  private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,18}");

  private Query() {}

  /**
   * The message with these fields; which of them are known is for whoever reads it to judge.
   *
   * @throws RequestException where a field stands twice
   */
  static JsonObject message(MultiMap params) {
    JsonObject message = new JsonObject();
    for (Map.Entry<String, String> param : params) {
      String name = param.getKey();
      if (message.containsKey(name)) {
        throw RequestException.bad("%s is there twice", name);
      }
      message.put(name, value(name, param.getValue()));
    }
    return message;
  }

  /** What is no number or flag stays a text, and is refused as such. */
  private static Object value(String name, String text) {
    if (NUMBERS.contains(name) && WHOLE.matcher(text).matches()) {
      return Long.valueOf(text);
    }
    if (FLAGS.contains(name) && (text.equals("true") || text.equals("false"))) {
      return Boolean.valueOf(text);
    }
    return text;
  }
}
