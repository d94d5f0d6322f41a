package dev.weir.node;

import dev.weir.journal.JournalStats;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;

/** What a served queue needs from the verticle it lives on. All on that verticle's context. */
interface QueueHost {
  Vertx vertx();

  Clock clock();

  String nodeId();

  JournalStats journalStats(CommitLoop commits);

  /** A snapshot of all queues of a journal, now. */
  Future<JsonObject> checkpoint(CommitLoop commits);

  /** Runs after whatever else waits for the context. */
  void later(Runnable work);

  /** The settings of a queue are others from now on: the catalog should know. */
  void settingsChanged(QueueEntry entry);
}
