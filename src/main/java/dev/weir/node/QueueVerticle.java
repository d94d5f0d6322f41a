package dev.weir.node;

import dev.weir.core.Caller;
import dev.weir.core.Command;
import dev.weir.core.LeaseRef;
import dev.weir.core.QueueState;
import dev.weir.core.Refusal;
import dev.weir.journal.JournalStats;
import dev.weir.protocol.Addresses;
import dev.weir.protocol.Code;
import dev.weir.protocol.SettingsJson;
import dev.weir.protocol.StartFailure;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.logging.Logger;

/**
 * One event-loop context with its journals, one per durability in use, and the queues that are
 * served on it. The context is the monitor of all of them: one step at a time.
 */
public final class QueueVerticle extends VerticleBase implements QueueHost {
  private static final Logger LOG = Logger.getLogger(QueueVerticle.class.getName());

  private final int number;
  private final String nodeId;
  private final long stopMs;
  private final JournalFactory factory;
  private final Supplier<Long> firstEpoch;
  private final Consumer<QueueEntry> onSettings;
  private final Map<String, ServedQueue> queues = new HashMap<>();
  private Clock clock = MonotonicClock.notBefore(0);
  private JournalRooms rooms;
  private LoopDelay loopDelay;
  private Executor executor;

  /**
   * @param firstEpoch asked for the epoch at which an empty journal begins
   * @param onSettings hears of a queue whose settings were changed
   */
  QueueVerticle(
      int number,
      String nodeId,
      long stopMs,
      JournalFactory factory,
      Supplier<Long> firstEpoch,
      Consumer<QueueEntry> onSettings) {
    this.number = number;
    this.nodeId = nodeId;
    this.stopMs = stopMs;
    this.factory = factory;
    this.firstEpoch = firstEpoch;
    this.onSettings = onSettings;
  }

  @Override
  public Future<?> start() {
    executor = command -> context.runOnContext(nothing -> command.run());
    rooms =
        new JournalRooms(
            number,
            executor,
            durability -> factory.create(durability, number, firstEpoch.get(), executor));
    loopDelay = new LoopDelay(vertx);
    loopDelay.start();
    vertx.eventBus().<JsonObject>consumer(Addresses.GONE, message -> gone(message.body()));
    return Future.succeededFuture();
  }

  /** Opens the journals that these queues need. */
  Future<Void> open(List<QueueEntry> entries) {
    return onContext(() -> rooms.open(entries));
  }

  /** Of each journal of this verticle why it could not be opened; empty where it is open. */
  private Future<List<Optional<Throwable>>> openings() {
    return onContext(
        () ->
            Future.succeededFuture(
                rooms.all().stream()
                    .map(room -> Optional.ofNullable(room.commits.cause()))
                    .toList()));
  }

  /** Journals that are open are served; a node with none of them has nothing to do. */
  static Future<Void> refuseIfNoneOpened(List<QueueVerticle> verticles) {
    List<Future<List<Optional<Throwable>>>> asked = new ArrayList<>();
    verticles.forEach(verticle -> asked.add(verticle.openings()));
    return Future.all(asked)
        .compose(
            all -> {
              List<Optional<Throwable>> openings = new ArrayList<>();
              all.<List<Optional<Throwable>>>list().forEach(openings::addAll);
              boolean none = openings.stream().allMatch(Optional::isPresent);
              return none && !openings.isEmpty()
                  ? Future.failedFuture(
                      StartFailure.canNotServe(
                          "no journal can be opened: " + openings.get(0).get().getMessage()))
                  : Future.succeededFuture();
            });
  }

  /**
   * Serves a queue.
   *
   * @param wanted what the configuration says of its settings now; null to leave them
   */
  Future<Void> serve(QueueEntry entry, SettingsJson.Changes wanted) {
    return onContext(
        () ->
            rooms
                .room(entry.settings().durability(), Map.of(entry.number(), entry))
                .compose(room -> serve(room, entry, wanted)));
  }

  private Future<Void> serve(JournalRoom room, QueueEntry entry, SettingsJson.Changes wanted) {
    clock = MonotonicClock.notBefore(Math.max(clock.nowMs(), room.lastAtMs()));
    QueueState recovered = room.takeState(entry.number());
    QueueState state = recovered == null ? new QueueState(entry.settings()) : recovered;
    ServedQueue queue = new ServedQueue(this, entry.with(state.settings()), state, room.commits);
    queues.put(entry.name(), queue);
    room.queues.put(entry.number(), queue);
    if (room.commits.cause() != null) {
      queue.refuseAll("the journal could not be opened: " + room.commits.cause().getMessage());
      return queue.register();
    }
    if (recovered == null) {
      queue.begin();
    }
    if (wanted != null && !wanted.areIn(state.settings())) {
      queue.run(
          new Command.Configure(wanted.limits(), wanted.retryDelay(), "configuration file"), null);
      LOG.info("queue " + entry.name() + ": the configuration file changed its settings");
    }
    queue.run(new Command.Tick(), null);
    return queue.register();
  }

  /** Stops serving a queue; whoever waits is told why. */
  Future<Void> release(String name, Code code, Refusal why, String sentence) {
    return onContext(
        () -> {
          ServedQueue queue = queues.remove(name);
          if (queue == null) {
            return Future.succeededFuture();
          }
          queue.close(code, why, sentence);
          return queue
              .unregister()
              .onComplete(
                  done -> rooms.all().forEach(room -> room.queues.remove(queue.entry().number())));
        });
  }

  /** Does a command that has no answer, in the name of a caller. */
  Future<Void> run(String name, Command command, Caller caller) {
    return onContext(
        () -> {
          ServedQueue queue = queues.get(name);
          if (queue != null) {
            queue.run(command, caller);
          }
          return Future.succeededFuture();
        });
  }

  /** How many items each queue holds that count against its capacity, dead ones included. */
  Future<Map<String, Integer>> counts() {
    return onContext(
        () -> {
          Map<String, Integer> counts = new HashMap<>();
          queues.forEach((name, queue) -> counts.put(name, queue.core().state().countAll()));
          return Future.succeededFuture(counts);
        });
  }

  /** The epoch of each queue's journal. */
  Future<Map<String, Long>> epochs() {
    return onContext(
        () -> {
          Map<String, Long> epochs = new HashMap<>();
          rooms
              .all()
              .forEach(
                  room ->
                      room.queues
                          .values()
                          .forEach(
                              queue -> epochs.put(queue.entry().name(), room.commits.epoch())));
          return Future.succeededFuture(epochs);
        });
  }

  /** What metrics and health are told of it. */
  Future<JsonObject> figures() {
    return onContext(
        () -> new VerticleFigures(number, executor, rooms, queues.values(), loopDelay).gather());
  }

  /** A caller is gone: a connection at a door, or a node with all of its callers. */
  private void gone(JsonObject message) {
    String from = message.getString("from");
    if (from == null) {
      return;
    }
    boolean unheard = message.getBoolean("unheard", false);
    Map<String, List<LeaseRef>> unwritten = new HashMap<>();
    for (Object entry : message.getJsonArray("unwritten", new io.vertx.core.json.JsonArray())) {
      JsonObject lease = (JsonObject) entry;
      unwritten
          .computeIfAbsent(lease.getString("queue"), queue -> new ArrayList<>())
          .add(new LeaseRef(lease.getLong("id"), lease.getLong("fence")));
    }
    queues.forEach(
        (name, queue) ->
            queue.gone(new Command.Gone(from, unwritten.getOrDefault(name, List.of()), unheard)));
  }

  /** Tells everybody who waits, makes durable what was taken in, and lets go of the journals. */
  @Override
  public Future<?> stop() {
    loopDelay.stop();
    Promise<Void> over = Promise.promise();
    vertx.setTimer(Math.max(1, stopMs / 2), id -> over.tryComplete());
    queues
        .values()
        .forEach(queue -> queue.close(Code.STOPPING, Refusal.STOPPING, "this node is stopping"));
    List<Future<?>> drained = new ArrayList<>();
    rooms.all().forEach(room -> drained.add(room.commits.drain()));
    Future.join(drained).onComplete(done -> over.tryComplete());
    return over.future().compose(nothing -> closeAll());
  }

  private Future<?> closeAll() {
    List<Future<?>> closed = new ArrayList<>();
    queues.values().forEach(queue -> closed.add(queue.unregister()));
    rooms.all().forEach(room -> closed.add(room.journal().close()));
    return closed.isEmpty() ? Future.succeededFuture() : Future.join(closed);
  }

  /** Does the work here; the future tells its caller on the caller's own context. */
  private <T> Future<T> onContext(Supplier<Future<T>> work) {
    Promise<T> done = ((ContextInternal) vertx.getOrCreateContext()).promise();
    context.runOnContext(nothing -> work.get().onComplete(done));
    return done.future();
  }

  @Override
  public Vertx vertx() {
    return vertx;
  }

  @Override
  public Clock clock() {
    return clock;
  }

  @Override
  public String nodeId() {
    return nodeId;
  }

  @Override
  public JournalStats journalStats(CommitLoop commits) {
    return rooms.of(commits).journal().stats();
  }

  @Override
  public Future<JsonObject> checkpoint(CommitLoop commits) {
    return rooms.of(commits).checkpoint();
  }

  @Override
  public void later(Runnable work) {
    executor.execute(work);
  }

  @Override
  public void settingsChanged(QueueEntry entry) {
    onSettings.accept(entry);
  }
}
