package dev.weir.node;

import dev.weir.core.Refusal;
import dev.weir.core.Settings;
import dev.weir.protocol.Addresses;
import dev.weir.protocol.Code;
import dev.weir.protocol.Configuration;
import dev.weir.protocol.PutCodec;
import dev.weir.protocol.SettingsJson;
import dev.weir.protocol.StartFailure;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A queue node: takes its data directory, claims its queues, spreads them over queue verticles and
 * serves {@code weir.queues}. Fails to start with a {@link StartFailure} that says why in one line.
 */
public final class NodeVerticle extends VerticleBase {
  private static final Logger LOG = Logger.getLogger(NodeVerticle.class.getName());
  private static final long EPOCH_ZERO = Instant.parse("2024-01-01T00:00:00Z").getEpochSecond();

  /** So many epochs are recorded as used ahead: raising one in memory needs no write then. */
  private static final long EPOCHS_RESERVED = 1000;

  private final Configuration configuration;
  private final JournalFactory journals;
  private final Map<String, QueueEntry> entries = new LinkedHashMap<>();
  private final Map<String, QueueEntry> served = new TreeMap<>();
  private final List<QueueVerticle> verticles = new ArrayList<>();
  private final FiguresDesk figures = new FiguresDesk(verticles);
  private final List<MessageConsumer<?>> consumers = new ArrayList<>();
  private String nodeId;
  private Catalog catalog;
  private Owners owners;
  private Claims claims;
  private Membership membership;
  private long firstEpoch;
  private int nextNumber;

  public NodeVerticle(Configuration configuration, JournalFactory journals) {
    this.configuration = configuration;
    this.journals = journals;
  }

  @Override
  public Future<?> start() {
    nodeId =
        vertx.isClustered()
            ? ((VertxInternal) vertx).clusterManager().getNodeId()
            : UUID.randomUUID().toString();
    PutCodec.register(vertx.eventBus());
    return vertx
        .executeBlocking(() -> Catalog.open(Path.of(configuration.dataDir())))
        .compose(
            opened -> {
              catalog = opened;
              return vertx.executeBlocking(opened::load);
            })
        .map(this::reconcile)
        .compose(nothing -> Owners.open(vertx, nodeId))
        .compose(this::claimAll)
        .compose(nothing -> storeCatalog())
        .compose(nothing -> deployVerticles())
        .compose(nothing -> serveAll())
        .compose(nothing -> watchCluster())
        .recover(cause -> abandon().transform(done -> Future.failedFuture(cause)));
  }

  private Void reconcile(Catalog.Content content) {
    nextNumber = content.nextNumber();
    long now = Instant.now().getEpochSecond() - EPOCH_ZERO;
    firstEpoch = Math.max(now, content.lastEpoch() + 1);
    new Reconciliation(configuration, this::newEntry).reconcile(content, entries);
    return null;
  }

  QueueEntry newEntry(String name, Settings settings) {
    int[] load = new int[configuration.verticles()];
    entries.values().forEach(entry -> load[entry.verticle()]++);
    int lightest = 0;
    for (int verticle = 1; verticle < load.length; verticle++) {
      lightest = load[verticle] < load[lightest] ? verticle : lightest;
    }
    return new QueueEntry(name, nextNumber++, lightest, settings);
  }

  private Future<Void> claimAll(Owners opened) {
    owners = opened;
    consumers.add(vertx.eventBus().<JsonObject>consumer(internal(nodeId), this::internal));
    Future<Void> claimed = Future.succeededFuture();
    for (String name : entries.keySet()) {
      claimed = claimed.compose(nothing -> owners.claim(name));
    }
    return claimed;
  }

  static String internal(String node) {
    return Owners.NODE_ADDRESS + node;
  }

  /** Written in the order in which it is called. */
  Future<Void> storeCatalog() {
    List<QueueEntry> all = List.copyOf(entries.values());
    int number = nextNumber;
    return vertx.executeBlocking(
        () -> {
          catalog.store(firstEpoch + EPOCHS_RESERVED, number, all);
          return null;
        });
  }

  private Future<Void> deployVerticles() {
    List<Future<String>> deployed = new ArrayList<>();
    for (int number = 0; number < configuration.verticles(); number++) {
      QueueVerticle verticle =
          new QueueVerticle(
              number,
              nodeId,
              configuration.stopMs(),
              journals,
              () -> firstEpoch,
              entry -> context.runOnContext(nothing -> settingsChanged(entry)));
      verticles.add(verticle);
      deployed.add(vertx.deployVerticle(verticle));
    }
    return Future.all(deployed).mapEmpty();
  }

  private void settingsChanged(QueueEntry entry) {
    if (entries.containsKey(entry.name())) {
      entries.put(entry.name(), entry);
      storeCatalog()
          .onFailure(cause -> LOG.log(Level.WARNING, "the catalog could not be written", cause));
    }
  }

  private Future<Void> serveAll() {
    List<Future<Void>> opened = new ArrayList<>();
    for (int number = 0; number < verticles.size(); number++) {
      int of = number;
      opened.add(
          verticles
              .get(number)
              .open(entries.values().stream().filter(e -> e.verticle() == of).toList()));
    }
    return Future.all(opened)
        .compose(nothing -> QueueVerticle.refuseIfNoneOpened(verticles))
        .compose(
            nothing -> {
              List<Future<Void>> all = new ArrayList<>();
              entries.values().forEach(entry -> all.add(serve(entry)));
              return Future.all(all).mapEmpty();
            });
  }

  Future<Void> serve(QueueEntry entry) {
    SettingsJson.Changes wanted =
        configuration.queues().stream()
            .filter(queue -> queue.name().equals(entry.name()))
            .map(Configuration.Queue::settings)
            .findFirst()
            .orElse(null);
    return verticles
        .get(entry.verticle())
        .serve(entry, wanted)
        .onSuccess(nothing -> served.put(entry.name(), entry));
  }

  private Future<Void> watchCluster() {
    claims = new Claims(vertx, nodeId, verticles, this::giveUp);
    membership =
        Membership.watch(
            vertx,
            node ->
                vertx
                    .eventBus()
                    .publish(Addresses.GONE, new JsonObject().put("from", node), Claims.LOCAL_ONLY),
            () -> context.runOnContext(nothing -> claims.publish()));
    MessageConsumer<Object> operators = vertx.eventBus().consumer(Addresses.QUEUES);
    operators.handler(new QueuesDesk(this)::receive);
    consumers.add(operators);
    consumers.add(figures.open(vertx));
    LOG.info("node " + nodeId + " serves " + served.keySet() + ", data in " + dataDir());
    return operators.completion();
  }

  private Path dataDir() {
    return Path.of(configuration.dataDir()).toAbsolutePath().normalize();
  }

  private void internal(io.vertx.core.eventbus.Message<JsonObject> message) {
    if ("owns".equals(message.body().getString("op"))) {
      boolean owns = served.containsKey(message.body().getString("queue"));
      message.reply(new JsonObject().put("owns", owns));
    } else {
      new QueuesDesk(this).receiveHere(message);
    }
  }

  /** Another node with an older right serves the queue too, since a partition was healed. */
  private void giveUp(String name, String owner) {
    String sentence = "queue " + name + " is served by node " + owner;
    if (served.remove(name) != null) {
      LOG.warning(sentence + ": this node gives it up");
      figures.lost(name, sentence);
      verticleOf(name).release(name, Code.NOT_OWNER, Refusal.NOT_OWNER, sentence);
    }
  }

  QueueVerticle verticleOf(String name) {
    return verticles.get(entries.get(name).verticle());
  }

  Map<String, QueueEntry> served() {
    return served;
  }

  Map<String, QueueEntry> entries() {
    return entries;
  }

  List<QueueVerticle> verticles() {
    return verticles;
  }

  Owners owners() {
    return owners;
  }

  String nodeId() {
    return nodeId;
  }

  io.vertx.core.Vertx bus() {
    return vertx;
  }

  /** Forgets a queue for good. */
  Future<Void> drop(String name) {
    return verticleOf(name)
        .release(name, Code.NOT_OWNER, Refusal.NOT_OWNER, "queue " + name + " was deleted")
        .compose(
            nothing -> {
              served.remove(name);
              entries.remove(name);
              figures.settled(name);
              return storeCatalog();
            })
        .compose(nothing -> owners.release(name));
  }

  @Override
  public Future<?> stop() {
    return abandon();
  }

  /** Gives back what was taken. */
  private Future<Void> abandon() {
    consumers.forEach(MessageConsumer::unregister);
    if (claims != null) {
      claims.stop();
    }
    if (membership != null) {
      membership.stop();
    }
    List<Future<Void>> released = new ArrayList<>();
    if (owners != null) {
      entries.keySet().forEach(name -> released.add(owners.release(name)));
    }
    return Future.join(released)
        .transform(done -> vertx.executeBlocking(this::closeCatalog))
        .mapEmpty();
  }

  private Void closeCatalog() throws java.io.IOException {
    if (catalog != null) {
      catalog.close();
    }
    return null;
  }
}
