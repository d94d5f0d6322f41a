package dev.weir.node;

import dev.weir.core.Durability;
import dev.weir.journal.JournalStats;
import dev.weir.protocol.FiguresJson;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Queue;
import java.util.concurrent.Executor;

/**
 * Gathers what one queue verticle tells of itself: a few queues a turn, so that a thousand of them
 * never hold the event loop. On the verticle's context.
 */
final class VerticleFigures {
  private static final int QUEUES_A_TURN = 50;

  private final int verticle;
  private final Executor context;
  private final Queue<ServedQueue> left;
  private final JsonArray queues = new JsonArray();
  private final Promise<JsonObject> gathered = Promise.promise();
  private final JsonArray journals = new JsonArray();
  private final JsonObject delay;

  VerticleFigures(
      int verticle,
      Executor context,
      JournalRooms rooms,
      Collection<ServedQueue> served,
      LoopDelay delay) {
    this.verticle = verticle;
    this.context = context;
    this.left = new ArrayDeque<>(served);
    this.delay = FiguresJson.spread(delay.view());
    rooms.forEach((durability, room) -> journals.add(journal(durability, room)));
  }

  private JsonObject journal(Durability durability, JournalRoom room) {
    JournalStats stats = room.journal().stats();
    return JournalJson.of(stats, room.commits.cause())
        .put("verticle", verticle)
        .put("durability", durability.word)
        .put("flushTimes", FiguresJson.spread(stats.flushMicros()))
        .put("flushSizes", FiguresJson.spread(stats.flushBytes()));
  }

  Future<JsonObject> gather() {
    for (int done = 0; done < QUEUES_A_TURN && !left.isEmpty(); done++) {
      queues.add(left.poll().allFigures().put("verticle", verticle));
    }
    if (left.isEmpty()) {
      gathered.complete(
          new JsonObject()
              .put("verticle", verticle)
              .put("delay", delay)
              .put("journals", journals)
              .put("queues", queues));
    } else {
      context.execute(this::gather);
    }
    return gathered.future();
  }
}
