package dev.weir.node;

import dev.weir.core.Distribution;
import dev.weir.journal.JournalStats;
import io.vertx.core.json.JsonObject;

/** The figures of a journal as {@code stats} shows them. */
final class JournalJson {

  private JournalJson() {}

  /**
   * @param down why it is down; null while it is not
   */
  static JsonObject of(JournalStats stats, Throwable down) {
    Distribution.Summary flushes = stats.flushMicros().recent();
    JsonObject json =
        new JsonObject()
            .put("epoch", stats.epoch())
            .put("position", stats.position())
            .put("durable", stats.durable())
            .put("flushes", stats.flushes())
            .put("bytes", stats.size().appendedBytes())
            .put("logBytes", stats.size().logBytes())
            .put("snapshotBytes", stats.size().snapshotBytes())
            .put("fileBytes", stats.size().fileBytes())
            .put(
                "flushMicros",
                new JsonObject()
                    .put("p50", flushes.p50())
                    .put("p99", flushes.p99())
                    .put("max", flushes.max()))
            .put("snapshots", stats.snapshots())
            .put("snapshotMs", stats.snapshotMs());
    return down == null ? json : json.put("down", down.getMessage());
  }
}
