package dev.weir.node;

import dev.weir.journal.JournalStats;
import dev.weir.protocol.Replies;
import io.vertx.core.json.JsonObject;
import java.util.function.BooleanSupplier;

/** What the answers of one queue say about where they come from. */
final class QueueSource implements Replies.Source {
  private final QueueEntry entry;
  private final QueueHost host;
  private final CommitLoop commits;
  private final BooleanSupplier open;

  QueueSource(QueueEntry entry, QueueHost host, CommitLoop commits, BooleanSupplier open) {
    this.entry = entry;
    this.host = host;
    this.commits = commits;
    this.open = open;
  }

  @Override
  public String queue() {
    return entry.name();
  }

  @Override
  public String node() {
    return host.nodeId();
  }

  @Override
  public String durability() {
    return entry.settings().durability().word;
  }

  @Override
  public long epoch() {
    return commits.epoch();
  }

  @Override
  public boolean isOpen() {
    return open.getAsBoolean();
  }

  @Override
  public JsonObject journal() {
    JournalStats stats = host.journalStats(commits);
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
                    .put("p50", stats.flushMicrosP50())
                    .put("p99", stats.flushMicrosP99())
                    .put("max", stats.flushMicrosMax()))
            .put("snapshots", stats.snapshots())
            .put("snapshotMs", stats.snapshotMs());
    return commits.cause() == null ? json : json.put("down", commits.cause().getMessage());
  }
}
