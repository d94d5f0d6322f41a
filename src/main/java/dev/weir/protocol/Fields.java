package dev.weir.protocol;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads the fields of one JSON object strictly: each that is asked for is checked, and {@link
 * #done} refuses whatever nobody asked for.
 */
public final class Fields {
  static final int NAME_CHARS_MAX = 128;
  static final long SEQ_MOST = (1L << 53) - 1;

  private final String path;
  private final Map<String, Object> values;

  /** What was asked for; so few that a list is searched faster than a set is filled. */
  private final List<String> known = new ArrayList<>();

  /**
   * @param path what stands before a field's name in a refusal, as {@code items[3].}; may be empty
   */
  public Fields(String path, JsonObject object) {
    this.path = path;
    this.values = object.getMap();
  }

  private Object raw(String name) {
    known.add(name);
    return values.get(name);
  }

  public boolean has(String name) {
    known.add(name);
    return values.containsKey(name);
  }

  /** A JSON value of any kind; what is missing is refused, null is a value. */
  public Object any(String name) {
    if (!has(name)) {
      throw missing(name);
    }
    return values.get(name);
  }

  private RequestException missing(String name) {
    return RequestException.bad("%s%s is missing", path, name);
  }

  private RequestException wrong(String name, String what) {
    return RequestException.bad("%s%s must be %s", path, name, what);
  }

  static RequestException notAName(String name, int charsMax) {
    return RequestException.bad("%s must be a string of 1 to %d characters", name, charsMax);
  }

  static RequestException notANumber(String name, long least, long most) {
    return RequestException.bad("%s must be a whole number from %d to %d", name, least, most);
  }

  static boolean isName(CharSequence text, int charsMax) {
    return text.length() >= 1 && text.length() <= charsMax;
  }

  public String name(String name) {
    return required(name, name(name, NAME_CHARS_MAX));
  }

  public String optionalName(String name) {
    return name(name, NAME_CHARS_MAX);
  }

  private <T> T required(String name, T value) {
    if (value == null) {
      throw missing(name);
    }
    return value;
  }

  /** A text of 1 to {@code charsMax} characters, or null where there is none. */
  public String name(String name, int charsMax) {
    Object value = raw(name);
    if (value == null && !values.containsKey(name)) {
      return null;
    }
    if (value instanceof CharSequence text && isName(text, charsMax)) {
      return text.toString();
    }
    throw notAName(path + name, charsMax);
  }

  public long number(String name, long fallback, long least, long most) {
    return has(name) ? number(name, least, most) : fallback;
  }

  public long number(String name, long least, long most) {
    Object value = any(name);
    boolean whole = value instanceof Long || value instanceof Integer || value instanceof Short;
    if (whole && ((Number) value).longValue() >= least && ((Number) value).longValue() <= most) {
      return ((Number) value).longValue();
    }
    throw notANumber(path + name, least, most);
  }

  public double real(String name, double fallback, double least, double most) {
    if (!has(name)) {
      return fallback;
    }
    if (values.get(name) instanceof Number number
        && number.doubleValue() >= least
        && number.doubleValue() <= most) {
      return number.doubleValue();
    }
    throw wrong(name, "a number from " + least + " to " + most);
  }

  public boolean flag(String name, boolean fallback) {
    if (!has(name)) {
      return fallback;
    }
    if (values.get(name) instanceof Boolean flag) {
      return flag;
    }
    throw wrong(name, "true or false");
  }

  /** The object under this name, or null where there is none. */
  public JsonObject object(String name) {
    return has(name) ? asObject(values.get(name), name) : null;
  }

  private JsonObject asObject(Object value, String name) {
    if (value instanceof JsonObject object) {
      return object;
    }
    if (value instanceof Map<?, ?> map) {
      JsonObject object = new JsonObject();
      map.forEach((key, entry) -> object.put(String.valueOf(key), entry));
      return object;
    }
    throw wrong(name, "an object");
  }

  /** The objects in the array under this name, or none where there is no such field. */
  public List<JsonObject> objects(String name) {
    if (!has(name)) {
      return List.of();
    }
    Object value = values.get(name);
    List<?> list = value instanceof JsonArray array ? array.getList() : null;
    if (list == null && value instanceof List<?> plain) {
      list = plain;
    }
    if (list == null) {
      throw wrong(name, "an array of objects");
    }
    List<JsonObject> objects = new ArrayList<>(list.size());
    for (Object entry : list) {
      objects.add(asObject(entry, name + "[" + objects.size() + "]"));
    }
    return objects;
  }

  /** One of these words; null where there is none. */
  public String word(String name, List<String> words) {
    Object value = raw(name);
    if (value == null && !values.containsKey(name)) {
      return null;
    }
    if (value instanceof String word && words.contains(word)) {
      return word;
    }
    throw wrong(name, "one of " + String.join(", ", words));
  }

  /** Refuses fields that are reserved for later. */
  public Fields notYet(String... names) {
    for (String name : names) {
      if (has(name)) {
        throw RequestException.bad("%s%s is reserved: it is not supported yet", path, name);
      }
    }
    return this;
  }

  /** Refuses whatever nobody asked for. */
  public void done() {
    for (String name : values.keySet()) {
      if (!known.contains(name)) {
        throw RequestException.bad("%s%s is not a field that is known here", path, name);
      }
    }
  }
}
