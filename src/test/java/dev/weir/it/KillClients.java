package dev.weir.it;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Random;

/**
 * Producers and consumers at full speed on one context, in raw messages: what is not answered is
 * sent again unchanged.
 */
final class KillClients extends VerticleBase {
  static final int CAPACITY = 40;
  private static final int PRODUCERS = 4;
  private static final int CONSUMERS = 4;
  private static final long RETRY_MS = 30;
  private static final DeliveryOptions PATIENCE = new DeliveryOptions().setSendTimeout(5000);

  final Checker checker = new Checker();
  private final Random random;
  private volatile boolean producing = true;
  private volatile boolean ending;
  private volatile int acked;
  private int producersLeft = PRODUCERS;

  KillClients(long seed) {
    random = new Random(seed);
  }

  @Override
  public Future<?> start() {
    for (int i = 0; i < PRODUCERS; i++) {
      produce("p" + i, 0);
    }
    for (int i = 0; i < CONSUMERS; i++) {
      consume("c" + i);
    }
    vertx.setPeriodic(100, id -> count());
    return Future.succeededFuture();
  }

  int acked() {
    return acked;
  }

  /** Producers end with what they have begun; consumers ack all they get. */
  void finish() {
    producing = false;
    ending = true;
  }

  boolean producersAreDone() {
    return producersLeft == 0;
  }

  private Future<JsonObject> ask(String role, JsonObject request) {
    return vertx
        .eventBus()
        .<JsonObject>request("weir.kill." + role, request, PATIENCE)
        .map(Message::body);
  }

  private void later(Runnable work) {
    vertx.setTimer(RETRY_MS, id -> work.run());
  }

  private void produce(String name, long seq) {
    if (!producing) {
      producersLeft--;
      return;
    }
    JsonArray items = new JsonArray();
    int count = 1 + random.nextInt(5);
    for (int i = 0; i < count; i++) {
      checker.isPut(name + "/" + (seq + i));
      int length = random.nextInt(50) == 0 ? 100_000 : random.nextInt(500);
      JsonObject body =
          new JsonObject().put("item", name + "/" + (seq + i)).put("filler", "x".repeat(length));
      items.add(new JsonObject().put("body", body));
    }
    put(name, seq, items);
  }

  private void put(String name, long seq, JsonArray items) {
    JsonObject request =
        new JsonObject()
            .put("op", "put")
            .put("producer", name)
            .put("session", name)
            .put("seq", seq)
            .put("waitMs", 1000)
            .put("items", items);
    ask("produce", request)
        .onFailure(cause -> later(() -> put(name, seq, items)))
        .onSuccess(
            answer -> {
              JsonArray ids = answer.getJsonArray("ids");
              for (int i = 0; i < ids.size(); i++) {
                checker.stored(name, seq + i, ids.getLong(i));
              }
              if (ids.size() == items.size()) {
                produce(name, seq + ids.size());
              } else {
                JsonArray rest = new JsonArray(items.getList().subList(ids.size(), items.size()));
                put(name, seq + ids.size(), rest);
              }
            });
  }

  private void consume(String name) {
    JsonObject take =
        new JsonObject()
            .put("op", "take")
            .put("consumer", name)
            .put("max", 1 + random.nextInt(8))
            .put("waitMs", 1000)
            .put("leaseMs", 3000);
    ask("consume", take)
        .onFailure(cause -> later(() -> consume(name)))
        .onSuccess(answer -> work(name, answer.getJsonArray("items", new JsonArray())));
  }

  private void work(String name, JsonArray items) {
    JsonArray leases = new JsonArray();
    JsonObject texts = new JsonObject();
    for (Object entry : items) {
      JsonObject item = (JsonObject) entry;
      String text = item.getJsonObject("body").getString("item");
      checker.delivered(
          text, item.getLong("id"), item.getLong("fence"), item.getInteger("attempt"));
      texts.put(item.getLong("id").toString(), text);
      leases.add(
          new JsonObject().put("id", item.getLong("id")).put("fence", item.getLong("fence")));
    }
    int what = ending ? 2 : random.nextInt(20);
    if (leases.isEmpty() || what == 0) {
      consume(name);
    } else {
      giveBack(name, what == 1 ? "nack" : "ack", leases, texts);
    }
  }

  private void giveBack(String name, String op, JsonArray leases, JsonObject texts) {
    JsonObject request = new JsonObject().put("op", op).put("consumer", name).put("leases", leases);
    if (op.equals("nack")) {
      request.put("delayMs", 0);
    }
    ask("consume", request)
        .onFailure(cause -> later(() -> giveBack(name, op, leases, texts)))
        .onSuccess(
            answer -> {
              for (Object id : answer.getJsonArray("done")) {
                if (op.equals("ack")) {
                  checker.acked(texts.getString(id.toString()));
                }
              }
              acked = checker.doneCount();
              consume(name);
            });
  }

  private void count() {
    ask("manage", new JsonObject().put("op", "stats"))
        .onSuccess(
            stats -> {
              JsonObject counts = stats.getJsonObject("counts");
              long items = -counts.getLong("dead");
              for (String state : counts.fieldNames()) {
                items += counts.getLong(state);
              }
              checker.counted(items, CAPACITY);
            });
  }

  /** How many items the queue holds. */
  Future<Long> left() {
    return ask("manage", new JsonObject().put("op", "stats"))
        .map(
            stats -> {
              JsonObject counts = stats.getJsonObject("counts");
              return counts.fieldNames().stream().mapToLong(counts::getLong).sum();
            });
  }

  /** A snapshot now, whatever becomes of it. */
  void checkpoint() {
    ask("manage", new JsonObject().put("op", "checkpoint")).onFailure(cause -> snapshotsFailed++);
  }

  private int snapshotsFailed;

  int snapshotsFailed() {
    return snapshotsFailed;
  }
}
