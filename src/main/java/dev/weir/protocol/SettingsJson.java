package dev.weir.protocol;

import dev.weir.core.Durability;
import dev.weir.core.Limit;
import dev.weir.core.RetryDelay;
import dev.weir.core.Settings;
import io.vertx.core.json.JsonObject;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The settings of a queue as JSON. */
public final class SettingsJson {
  private SettingsJson() {}

  /**
   * What some JSON says about settings; what it does not name is null or missing.
   *
   * @param retryDelay complete: what the JSON leaves out of it has its default
   */
  public record Changes(Map<Limit, Long> limits, RetryDelay retryDelay, Durability durability) {

    /** These changes made to settings. */
    public Settings to(Settings settings) {
      Settings changed = settings.with(limits);
      changed = retryDelay == null ? changed : changed.with(retryDelay);
      return durability == null ? changed : changed.with(durability);
    }

    /** Whether settings say so already. */
    public boolean areIn(Settings settings) {
      return to(settings).equals(settings);
    }
  }

  /** Reads settings; the field {@code name} is left to the caller. */
  public static Changes changes(String path, JsonObject object) {
    Fields fields = new Fields(path, object);
    Changes changes = changes(path, fields);
    fields.done();
    return changes;
  }

  static Changes changes(String path, Fields fields) {
    Map<Limit, Long> limits = new EnumMap<>(Limit.class);
    for (Limit limit : Limit.values()) {
      if (fields.has(limit.word)) {
        limits.put(limit, fields.number(limit.word, limit.least, limit.most));
      }
    }
    JsonObject retry = fields.object("retryDelay");
    RetryDelay retryDelay = retry == null ? null : retryDelay(path + "retryDelay.", retry);
    fields.word("admission", List.of("fcfs"));
    fields.word("delivery", List.of("fifo"));
    return new Changes(limits, retryDelay, durability(path, fields));
  }

  private static RetryDelay retryDelay(String path, JsonObject object) {
    Fields fields = new Fields(path, object);
    RetryDelay or = RetryDelay.DEFAULT;
    RetryDelay delay =
        new RetryDelay(
            fields.number("firstMs", or.firstMs(), 1, Limit.MOST),
            fields.real("factor", or.factor(), 1, 10),
            fields.number("maxMs", or.maxMs(), 1, Limit.MOST),
            fields.real("jitter", or.jitter(), 0, 1));
    fields.done();
    return delay;
  }

  private static Durability durability(String path, Fields fields) {
    String word = fields.word("durability", List.of("memory", "local", "replicated"));
    if (word == null) {
      return null;
    }
    for (Durability durability : Durability.values()) {
      if (durability.word.equals(word)) {
        return durability;
      }
    }
    throw RequestException.bad("%sdurability %s is reserved: it is not supported yet", path, word);
  }

  public static JsonObject toJson(Settings settings) {
    JsonObject json = new JsonObject();
    settings.limits().forEach((limit, value) -> json.put(limit.word, value));
    RetryDelay delay = settings.retryDelay();
    return json.put(
            "retryDelay",
            new JsonObject()
                .put("firstMs", delay.firstMs())
                .put("factor", delay.factor())
                .put("maxMs", delay.maxMs())
                .put("jitter", delay.jitter()))
        .put("durability", settings.durability().word)
        .put("admission", "fcfs")
        .put("delivery", "fifo");
  }
}
