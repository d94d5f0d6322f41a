package dev.weir.node;

import dev.weir.core.Answer;
import dev.weir.core.Caller;
import dev.weir.core.Command;
import dev.weir.core.Event;
import dev.weir.core.Outcome;
import dev.weir.core.QueueState;
import dev.weir.core.Refusal;
import dev.weir.core.Reply;
import dev.weir.core.WorkQueue;
import dev.weir.protocol.Code;
import dev.weir.protocol.FiguresJson;
import dev.weir.protocol.ManageRequests;
import dev.weir.protocol.Replies;
import dev.weir.protocol.RequestException;
import dev.weir.protocol.Requests;
import dev.weir.protocol.Role;
import io.vertx.core.Future;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * One queue between the bus and the core: messages become commands, answers become replies once
 * they may leave. All on the context of its verticle.
 */
final class ServedQueue {
  private static final Logger LOG = Logger.getLogger(ServedQueue.class.getName());

  private final QueueHost host;
  private final QueueEntry entry;
  private final WorkQueue queue;
  private final CommitLoop commits;
  private final Replies.Source source;
  private final DeadlineTimer timer;
  private final Watch watch;
  private final List<MessageConsumer<Object>> consumers = new ArrayList<>();
  private Code closedBy;
  private String closedBecause;

  ServedQueue(QueueHost host, QueueEntry entry, QueueState state, CommitLoop commits) {
    this.host = host;
    this.entry = entry;
    this.commits = commits;
    this.queue = new WorkQueue(state, commits.fences());
    this.source = new QueueSource(entry, host, commits, () -> closedBy == null);
    this.timer = new DeadlineTimer(host.vertx(), host.clock(), this::tick);
    this.watch = new Watch(host.vertx(), entry.name(), this::figures);
  }

  QueueEntry entry() {
    return entry;
  }

  WorkQueue core() {
    return queue;
  }

  /** Answers on the addresses of the queue from when the future completes on. */
  Future<Void> register() {
    List<Future<Void>> registered = new ArrayList<>();
    for (Role role : Role.values()) {
      MessageConsumer<Object> consumer = host.vertx().eventBus().consumer(role.address(name()));
      consumer.handler(message -> receive(role, message));
      consumers.add(consumer);
      registered.add(consumer.completion());
    }
    return Future.all(registered).mapEmpty();
  }

  private String name() {
    return entry.name();
  }

  Future<Void> unregister() {
    timer.stop();
    watch.stop();
    List<Future<Void>> gone = new ArrayList<>();
    consumers.forEach(consumer -> gone.add(consumer.unregister()));
    consumers.clear();
    return Future.all(gone).mapEmpty();
  }

  private void receive(Role role, Message<Object> message) {
    BusCaller caller = new BusCaller(message);
    try {
      Object body = message.body();
      if (role == Role.MANAGE && ManageRequests.isStats(body)) {
        Requests.parse(role, body);
        stats((JsonObject) body, caller);
      } else if (closedBy != null) {
        caller.fail(closedBy, closedBecause);
      } else if (role == Role.MANAGE && ManageRequests.isCheckpoint(body)) {
        ManageRequests.checkCheckpoint((JsonObject) body);
        host.checkpoint(commits)
            .onSuccess(caller::reply)
            .onFailure(cause -> caller.fail(Code.NOT_READY, cause.getMessage()));
      } else {
        run(Requests.parse(role, body), caller);
      }
    } catch (RequestException e) {
      caller.fail(e.code(), e.getMessage());
    } catch (RuntimeException e) {
      LOG.log(Level.SEVERE, "queue " + name() + " could not read a request", e);
      caller.fail(Code.DEFECT, "the request could not be read: " + e);
    }
  }

  /** The figures of a queue that is closed or whose journal is down lean on nothing. */
  private void stats(JsonObject body, BusCaller caller) {
    if (ManageRequests.isWatch(body)) {
      watch.extend();
    }
    if (closedBy == null) {
      run(new Command.Stats(), caller);
    } else {
      caller.reply(figures());
    }
  }

  private JsonObject figures() {
    return queue.stats(host.clock().nowMs()).handle(new Replies(source, 0, false));
  }

  /** What metrics and health are told of it. */
  JsonObject allFigures() {
    return figures()
        .put("cause", closedBecause)
        .put("times", FiguresJson.times(queue.times(host.clock().nowMs())));
  }

  /** Steps the queue; a defect in it stops this queue alone. */
  void run(Command command, Caller caller) {
    Outcome outcome;
    try {
      outcome = queue.step(command, caller, commits.moment(host.clock().nowMs()));
    } catch (RuntimeException e) {
      defect(e, caller);
      return;
    }
    commits.emit(entry.number(), outcome.events());
    for (Answer answer : outcome.answers()) {
      commits.hold(answer.barrier(), new Delivery(answer));
    }
    for (Event event : outcome.events()) {
      if (event instanceof Event.Configured configured) {
        host.settingsChanged(entry.with(configured.settings()));
      }
    }
    if (outcome.again() != null) {
      host.later(() -> run(outcome.again(), outcome.againCaller()));
    }
    timer.arm(queue.nextDeadlineMs());
  }

  void tick() {
    if (closedBy == null || closedBy == Code.STOPPING) {
      run(new Command.Tick(), null);
    }
  }

  /** A caller is gone; a queue that is closed has told everybody already. */
  void gone(Command.Gone gone) {
    if (closedBy == null) {
      run(gone, null);
    }
  }

  /** More is durable: items may be released, or fences may be there again. */
  void durable() {
    if (queue.isReleasing() || queue.isStarved()) {
      tick();
    }
  }

  /** From now on every request but stats is refused; whoever waits is told. */
  void close(Code code, Refusal why, String sentence) {
    if (closedBy == null) {
      closedBy = code;
      closedBecause = sentence;
      timer.stop();
      run(new Command.Close(why, sentence), null);
    }
  }

  /** Its journal could not be opened: there is nobody to tell yet, and nothing to serve. */
  void refuseAll(String sentence) {
    closedBy = Code.NOT_READY;
    closedBecause = sentence;
  }

  /** A new queue: its journal should know its settings without the catalog. */
  void begin() {
    Event settings = new Event.Configured(host.clock().nowMs(), queue.state().settings());
    queue.state().apply(settings);
    commits.emit(entry.number(), List.of(settings));
  }

  private void defect(RuntimeException e, Caller caller) {
    String sentence = "queue " + name() + " is stopped by a defect: " + e;
    if (caller instanceof BusCaller asking) {
      asking.fail(Code.DEFECT, sentence);
    }
    if (closedBy == Code.DEFECT) {
      LOG.log(Level.SEVERE, "while queue " + name() + " was being stopped", e);
      return;
    }
    LOG.log(Level.SEVERE, sentence, e);
    closedBy = null;
    close(Code.DEFECT, Refusal.DEFECT, sentence);
  }

  /** One answer on its way to its caller. */
  private final class Delivery implements ReplyBarrier.Delivery {
    private final Answer answer;

    Delivery(Answer answer) {
      this.answer = answer;
    }

    @Override
    public void deliver() {
      if (!(answer.caller() instanceof BusCaller caller)) {
        return;
      }
      if (answer.reply() instanceof Reply.Refused refused) {
        caller.fail(Code.of(refused.why()), refused.sentence());
      } else {
        caller.reply(
            answer.reply().handle(new Replies(source, answer.barrier(), caller.wantsRawBodies())));
      }
    }

    @Override
    public void outcomeUnknown() {
      if (answer.caller() instanceof BusCaller caller) {
        caller.fail(Code.OUTCOME_UNKNOWN, "the journal failed before this was durable");
      }
    }
  }
}
