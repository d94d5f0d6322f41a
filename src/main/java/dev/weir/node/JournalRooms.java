package dev.weir.node;

import dev.weir.core.Durability;
import dev.weir.core.Refusal;
import dev.weir.journal.Journal;
import dev.weir.journal.Recovered;
import dev.weir.protocol.Code;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The journals of one verticle, one per durability in use. All on its context. */
final class JournalRooms {
  private static final Logger LOG = Logger.getLogger(JournalRooms.class.getName());

  private final int verticle;
  private final Executor context;
  private final Function<Durability, Journal> journals;
  private final Map<Durability, JournalRoom> rooms = new EnumMap<>(Durability.class);
  private final Map<Durability, Future<JournalRoom>> opening = new EnumMap<>(Durability.class);

  /**
   * @param journals makes the journal of a durability
   */
  JournalRooms(int verticle, Executor context, Function<Durability, Journal> journals) {
    this.verticle = verticle;
    this.context = context;
    this.journals = journals;
  }

  /** Opens the journals that these queues need, all at once: a journal is replayed only once. */
  Future<Void> open(Collection<QueueEntry> entries) {
    Map<Durability, Map<Integer, QueueEntry>> byDurability = new EnumMap<>(Durability.class);
    for (QueueEntry entry : entries) {
      byDurability
          .computeIfAbsent(entry.settings().durability(), durability -> new HashMap<>())
          .put(entry.number(), entry);
    }
    List<Future<?>> opened = new ArrayList<>();
    byDurability.forEach((durability, known) -> opened.add(room(durability, known)));
    return Future.join(opened).mapEmpty();
  }

  /** The room of that durability, opened where it is not; one that could not be opened says so. */
  Future<JournalRoom> room(Durability durability, Map<Integer, QueueEntry> known) {
    Future<JournalRoom> present = opening.get(durability);
    if (present != null) {
      return present;
    }
    JournalRoom room = new JournalRoom(journals.apply(durability), context);
    rooms.put(durability, room);
    room.commits.onDurable(room::durable);
    room.commits.onDown(cause -> down(room, cause));
    long began = System.nanoTime();
    Future<JournalRoom> opened =
        room.open(known)
            .map(
                recovered -> {
                  logRecovered(room, durability, recovered, System.nanoTime() - began);
                  return room;
                })
            .otherwise(cause -> closed(room, cause));
    opening.put(durability, opened);
    return opened;
  }

  private JournalRoom closed(JournalRoom room, Throwable cause) {
    LOG.log(
        Level.SEVERE,
        "the journal of verticle %d can not be opened, its queues answer 503: %s"
            .formatted(verticle, cause.getMessage()));
    room.commits.neverOpened(cause);
    return room;
  }

  private void logRecovered(
      JournalRoom room, Durability durability, Recovered found, long elapsedNanos) {
    if (durability != Durability.MEMORY) {
      LOG.info(
          ("the journal of verticle %d: %d queues with %d items recovered from %d batches and %d"
                  + " bytes in %d ms; cut: %d batches, %d bytes; epoch %d")
              .formatted(
                  verticle,
                  room.stateCount(),
                  room.itemCount(),
                  found.batches(),
                  found.bytes(),
                  elapsedNanos / 1_000_000,
                  found.cutBatches(),
                  found.cutBytes(),
                  found.epoch()));
    }
  }

  private void down(JournalRoom room, Throwable cause) {
    String sentence = "the journal is down: " + cause.getMessage();
    LOG.log(Level.SEVERE, "verticle " + verticle + ": " + sentence, cause);
    room.queues
        .values()
        .forEach(queue -> queue.close(Code.NOT_READY, Refusal.OUTCOME_UNKNOWN, sentence));
  }

  void forEach(BiConsumer<Durability, JournalRoom> visitor) {
    rooms.forEach(visitor);
  }

  Collection<JournalRoom> all() {
    return rooms.values();
  }

  JournalRoom of(CommitLoop commits) {
    return rooms.values().stream()
        .filter(room -> room.commits == commits)
        .findFirst()
        .orElseThrow();
  }
}
