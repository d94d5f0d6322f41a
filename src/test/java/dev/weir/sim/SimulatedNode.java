package dev.weir.sim;

import dev.weir.core.Answer;
import dev.weir.core.Caller;
import dev.weir.core.Command;
import dev.weir.core.Outcome;
import dev.weir.core.QueueState;
import dev.weir.core.Reply;
import dev.weir.core.Settings;
import dev.weir.core.WorkQueue;
import dev.weir.journal.ImageWriter;
import dev.weir.journal.LocalJournal;
import dev.weir.journal.Snapshot;
import dev.weir.journal.StateReplay;
import dev.weir.node.CommitLoop;
import dev.weir.node.ReplyBarrier;
import io.vertx.core.Future;
import java.util.Map;
import java.util.UUID;
import java.util.function.LongSupplier;

/**
 * One life of a queue node without a bus: the real core, group commit, reply barrier, codec and
 * journal, on simulated threads, disk and time.
 */
final class SimulatedNode {
  private static final int NUMBER = 1;
  private static final int SEGMENT_BYTES = 4096;

  /** Who asks, and hears the answer once it may leave. */
  interface Client extends Caller {
    void answered(Reply reply);

    void outcomeUnknown();
  }

  final SimulatedThreads threads = new SimulatedThreads();
  private final LongSupplier nowMs;
  private final Settings settings;
  private final LocalJournal journal;
  private final CommitLoop commits;
  private WorkQueue queue;
  private Throwable failure;
  private long cutBatches;

  SimulatedNode(SimulatedDisk disk, Settings settings, UUID identity, LongSupplier nowMs) {
    this.nowMs = nowMs;
    this.settings = settings;
    this.journal = new LocalJournal(disk, threads.threads(), SEGMENT_BYTES, identity, 1);
    this.commits = new CommitLoop(journal, threads.context());
    commits.onDurable(
        () -> {
          if (queue.isReleasing() || queue.isStarved()) {
            tick();
          }
        });
    commits.onDown(cause -> failure = cause);
    StateReplay replay = new StateReplay(number -> settings);
    journal
        .open(replay)
        .onFailure(cause -> failure = cause)
        .onSuccess(
            recovered -> {
              cutBatches = recovered.cutBatches();
              QueueState state = replay.states().getOrDefault(NUMBER, new QueueState(settings));
              queue = new WorkQueue(state, commits.fences());
              commits.start(recovered.epoch(), recovered.position());
            });
  }

  boolean isServing() {
    return queue != null && failure == null;
  }

  long cutBatches() {
    return cutBatches;
  }

  Throwable failure() {
    return failure;
  }

  QueueState state() {
    return queue.state();
  }

  void tick() {
    request(new Command.Tick(), null);
  }

  void request(Command command, Client client) {
    Command next = command;
    Caller asking = client;
    while (next != null) {
      Outcome outcome = queue.step(next, asking, commits.moment(nowMs.getAsLong()));
      commits.emit(NUMBER, outcome.events());
      for (Answer answer : outcome.answers()) {
        commits.hold(answer.barrier(), new Delivery(answer));
      }
      next = outcome.again();
      asking = outcome.againCaller();
    }
    if (queue.state().count() > settings.get(dev.weir.core.Limit.CAPACITY)) {
      throw new AssertionError("over bound: " + queue.state().count());
    }
  }

  /** A snapshot of everything, as a node takes it. */
  Future<Long> checkpoint() {
    long position = commits.seal();
    return journal.checkpoint(
        new Snapshot(position, new ImageWriter(Map.of(NUMBER, queue.state().freeze()))));
  }

  private record Delivery(Answer answer) implements ReplyBarrier.Delivery {
    @Override
    public void deliver() {
      if (answer.caller() != null) {
        ((Client) answer.caller()).answered(answer.reply());
      }
    }

    @Override
    public void outcomeUnknown() {
      if (answer.caller() != null) {
        ((Client) answer.caller()).outcomeUnknown();
      }
    }
  }
}
