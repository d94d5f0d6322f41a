package dev.weir.node;

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
    return JournalJson.of(host.journalStats(commits), commits.cause());
  }
}
