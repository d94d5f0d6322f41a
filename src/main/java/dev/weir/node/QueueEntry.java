package dev.weir.node;

import dev.weir.core.Settings;
import dev.weir.protocol.SettingsJson;
import io.vertx.core.json.JsonObject;

/**
 * A queue as the catalog knows it.
 *
 * @param number what its events carry; never given twice
 * @param verticle which of the node's contexts serves it, from 0
 */
record QueueEntry(String name, int number, int verticle, Settings settings) {

  JsonObject toJson() {
    return new JsonObject()
        .put("name", name)
        .put("number", number)
        .put("verticle", verticle)
        .put("settings", SettingsJson.toJson(settings));
  }

  static QueueEntry fromJson(JsonObject json) {
    SettingsJson.Changes settings =
        SettingsJson.changes("settings.", json.getJsonObject("settings"));
    return new QueueEntry(
        json.getString("name"),
        json.getInteger("number"),
        json.getInteger("verticle"),
        settings.to(Settings.DEFAULT));
  }

  QueueEntry with(Settings other) {
    return new QueueEntry(name, number, verticle, other);
  }
}
