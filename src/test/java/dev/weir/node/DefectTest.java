package dev.weir.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.core.QueueState;
import dev.weir.core.Settings;
import dev.weir.journal.JournalStats;
import dev.weir.journal.MemoryJournal;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A bug in one queue stops that queue alone, and says so in every answer. */
class DefectTest {
  private static final JsonObject PUT =
      new JsonObject().put("op", "put").put("producer", "p").put("body", 1);

  private final Vertx vertx = Bus.vertx();
  private final Context context = vertx.getOrCreateContext();
  private final Executor executor = work -> context.runOnContext(nothing -> work.run());
  private final MemoryJournal journal = new MemoryJournal(7, executor);
  private volatile boolean broken;

  @AfterEach
  void stop() {
    Bus.await(vertx.close());
  }

  /** A host whose clock can be made to throw. */
  private final class Host implements QueueHost {
    private final boolean breakable;

    Host(boolean breakable) {
      this.breakable = breakable;
    }

    @Override
    public Vertx vertx() {
      return vertx;
    }

    @Override
    public Clock clock() {
      return () -> {
        if (breakable && broken) {
          throw new IllegalStateException("a bug");
        }
        return 1000;
      };
    }

    @Override
    public String nodeId() {
      return "node";
    }

    @Override
    public JournalStats journalStats(CommitLoop commits) {
      return journal.stats();
    }

    @Override
    public Future<JsonObject> checkpoint(CommitLoop commits) {
      return Future.failedFuture("none here");
    }

    @Override
    public void later(Runnable work) {
      executor.execute(work);
    }

    @Override
    public void settingsChanged(QueueEntry entry) {
      // there is no catalog here
    }
  }

  private ServedQueue serve(String name, int number, CommitLoop commits, boolean breakable) {
    QueueEntry entry = new QueueEntry(name, number, 0, Settings.DEFAULT);
    return new ServedQueue(new Host(breakable), entry, new QueueState(Settings.DEFAULT), commits);
  }

  private Future<JsonObject> put(String queue) {
    return vertx
        .eventBus()
        .<JsonObject>request("weir." + queue + ".produce", PUT)
        .map(message -> message.body());
  }

  @Test
  void theOtherQueueGoesOn() {
    CommitLoop commits = new CommitLoop(journal, executor);
    commits.start(7, 0);
    Promise<Void> registered = Promise.promise();
    ServedQueue bad = serve("bad", 1, commits, true);
    ServedQueue good = serve("good", 2, commits, false);
    executor.execute(
        () -> bad.register().compose(nothing -> good.register()).onComplete(registered));
    Bus.await(registered.future());
    assertEquals("stored", Bus.await(put("bad")).getString("status"));
    broken = true;
    for (int time = 0; time < 2; time++) {
      ReplyException failure = assertThrows(ReplyException.class, () -> Bus.await(put("bad")));
      assertEquals(500, failure.failureCode());
      assertTrue(failure.getMessage().startsWith("defect: "), failure.getMessage());
      broken = false;
    }
    assertEquals("stored", Bus.await(put("good")).getString("status"));
  }
}
