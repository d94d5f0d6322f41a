package dev.weir.protocol;

import dev.weir.core.Limit;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What {@code queue.json} says.
 *
 * @param dataDir where the node keeps its catalog and its journals
 * @param verticles how many contexts the queues are spread over
 * @param stopMs how long a node takes to stop at most, in milliseconds
 * @param bridge what the TCP event-bus bridge is told, null when it is off; likewise the others
 */
public record Configuration(
    String dataDir,
    int verticles,
    int stopMs,
    List<Queue> queues,
    JsonObject bridge,
    JsonObject socket,
    JsonObject http) {

  private static final int VERTICLES_MAX = 64;

  /** A queue with the settings that the file names, those alone. */
  public record Queue(String name, SettingsJson.Changes settings) {}

  private static final Queue LAB =
      new Queue("lab", new SettingsJson.Changes(java.util.Map.of(), null, null));

  /**
   * Reads and checks a configuration.
   *
   * @throws StartFailure with exit code 2 and one line that names the setting
   */
  public static Configuration parse(JsonObject json) {
    try {
      Fields fields = new Fields("", json);
      JsonObject node = fields.object("node");
      Fields own = new Fields("node.", node == null ? new JsonObject() : node);
      String dataDir = own.name("dataDir", 4096);
      Configuration parsed =
          new Configuration(
              dataDir == null ? "data" : dataDir,
              (int) own.number("verticles", 1, 1, VERTICLES_MAX),
              (int) own.number("stopMs", 10_000, 1, Limit.MOST),
              fields.has("queues") ? queues(fields.objects("queues")) : List.of(LAB),
              fields.object("bridge"),
              fields.object("socket"),
              fields.object("http"));
      own.done();
      fields.done();
      return parsed;
    } catch (RequestException e) {
      throw StartFailure.wrongSetting("wrong setting: " + e.getMessage());
    }
  }

  private static List<Queue> queues(List<JsonObject> objects) {
    List<Queue> queues = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (JsonObject object : objects) {
      String path = "queues[" + queues.size() + "].";
      Fields fields = new Fields(path, object);
      String name = fields.name("name");
      if (!Addresses.isQueueName(name)) {
        throw RequestException.bad(
            "%sname must be 1 to 64 letters, digits, _ or -: it is %s", path, name);
      }
      if (!names.add(name)) {
        throw RequestException.bad("%sname is %s a second time", path, name);
      }
      SettingsJson.Changes settings = SettingsJson.changes(path, fields);
      fields.done();
      queues.add(new Queue(name, settings));
    }
    return queues;
  }
}
