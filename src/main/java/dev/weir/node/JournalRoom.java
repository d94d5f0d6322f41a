package dev.weir.node;

import dev.weir.core.QueueImage;
import dev.weir.core.QueueState;
import dev.weir.journal.ImageWriter;
import dev.weir.journal.Journal;
import dev.weir.journal.Recovered;
import dev.weir.journal.Snapshot;
import dev.weir.journal.StateReplay;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.logging.Logger;

/** One journal with the states it held and the queues that write to it. */
final class JournalRoom {
  private static final Logger LOG = Logger.getLogger(JournalRoom.class.getName());

  final CommitLoop commits;
  final Map<Integer, ServedQueue> queues = new HashMap<>();
  private final Journal journal;
  private Map<Integer, QueueState> states = new HashMap<>();
  private final Checkpoints checkpoints = new Checkpoints();
  private Future<JsonObject> lastCheckpoint = Future.succeededFuture();

  JournalRoom(Journal journal, Executor context) {
    this.journal = journal;
    this.commits = new CommitLoop(journal, context);
  }

  /**
   * Replays the journal.
   *
   * @param known the queues of the catalog by number; events of others belong to deleted ones
   */
  Future<Recovered> open(Map<Integer, QueueEntry> known) {
    StateReplay replay =
        new StateReplay(number -> known.containsKey(number) ? known.get(number).settings() : null);
    return journal
        .open(replay)
        .map(
            recovered -> {
              states = replay.states();
              commits.start(recovered.epoch(), recovered.position());
              return recovered;
            });
  }

  Journal journal() {
    return journal;
  }

  /** The last instant that any of the states knows. */
  long lastAtMs() {
    return states.values().stream().mapToLong(QueueState::lastAtMs).max().orElse(0);
  }

  /** Hands out what was recovered of a queue, once; null where there is nothing. */
  QueueState takeState(int number) {
    return states.remove(number);
  }

  /** How many queues were found in the journal and not handed out yet. */
  int stateCount() {
    return states.size();
  }

  /** How many items they hold. */
  long itemCount() {
    return states.values().stream().mapToLong(QueueState::countAll).sum();
  }

  /** More is durable: items may be released, and the log has grown. */
  void durable() {
    queues.values().forEach(ServedQueue::durable);
    if (checkpoints.wants(journal.size(), this::liveBytes)) {
      checkpoint().onFailure(cause -> LOG.warning("no snapshot could be written: " + cause));
    }
  }

  private long liveBytes() {
    return queues.values().stream()
        .map(queue -> queue.core().state())
        .mapToLong(state -> state.bytes() + state.deadBytes())
        .sum();
  }

  /** Writes a snapshot once those that were asked for before are written. */
  Future<JsonObject> checkpoint() {
    lastCheckpoint = lastCheckpoint.transform(done -> freezeAndWrite());
    return lastCheckpoint;
  }

  private Future<JsonObject> freezeAndWrite() {
    long position = commits.seal();
    Map<Integer, QueueImage> images = new TreeMap<>();
    queues.forEach((number, queue) -> images.put(number, queue.core().state().freeze()));
    checkpoints.begun(journal.size());
    return journal
        .checkpoint(new Snapshot(position, new ImageWriter(images)))
        .onComplete(done -> checkpoints.over())
        .map(
            bytes ->
                new JsonObject()
                    .put("status", "done")
                    .put("position", position)
                    .put("bytes", bytes));
  }
}
