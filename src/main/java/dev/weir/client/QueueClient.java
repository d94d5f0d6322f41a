package dev.weir.client;

import dev.weir.core.Command;
import dev.weir.protocol.Addresses;
import dev.weir.protocol.Bodies;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.json.EncodeException;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A client of Weir's queues over the event bus. May be called from any thread; answers come on the
 * client's own context. A call that meets a failure that may pass (nobody serves the queue now, a
 * time-out, 429, 503, 504 but {@code too-old}) is made again as the {@link RetryOptions} say: a put
 * is stored once however often it is sent, an ack is done once, a take may leave a lease behind
 * that ends by itself.
 */
public final class QueueClient {
  private final Vertx vertx;
  private final Context context;
  private final Sender sender;
  private final QueueClientOptions options;
  private final Map<String, PutLane> puts = new HashMap<>();
  private final Map<String, TakeLane> takes = new HashMap<>();
  private final Map<String, LeaseLane> leases = new HashMap<>();

  private QueueClient(Vertx vertx, QueueClientOptions options) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.sender = new Sender(vertx, from(vertx));
    this.options = options;
  }

  /** A client with a name of its own and the default settings. */
  public static QueueClient create(Vertx vertx) {
    return create(
        vertx, new QueueClientOptions("client-" + UUID.randomUUID(), RetryOptions.DEFAULT));
  }

  public static QueueClient create(Vertx vertx, QueueClientOptions options) {
    return new QueueClient(vertx, options);
  }

  private static String from(Vertx vertx) {
    return vertx.isClustered()
        ? ((VertxInternal) vertx).clusterManager().getNodeId()
        : "local-" + UUID.randomUUID();
  }

  /** Puts one item and waits for room up to 20 s; {@code stored} tells whether it got in. */
  public Future<PutResult> put(String queue, Object body) {
    return put(queue, body, PutOptions.DEFAULT);
  }

  public Future<PutResult> put(String queue, Object body, PutOptions put) {
    return putAll(queue, Collections.singletonList(body), put);
  }

  /**
   * Puts items in order; with a key only one at a time. Bodies are JSON values ({@code null},
   * strings, numbers, {@link JsonObject} and so on), read before this returns.
   *
   * @return fails with {@link EncodeException} where JSON can not say a body: none is put then
   */
  public Future<PutResult> putAll(String queue, List<?> bodies, PutOptions put) {
    List<Command.PutItem> items = new ArrayList<>(bodies.size());
    try {
      for (Object body : bodies) {
        items.add(item(body, put));
      }
    } catch (EncodeException e) {
      return Future.failedFuture(e);
    }
    return call(
        () -> {
          PutLane.PutCall call = new PutLane.PutCall(items, put.waitMs());
          puts.computeIfAbsent(queue, name -> new PutLane(sender, name, options)).add(call);
          return call.answer.future();
        });
  }

  private static Command.PutItem item(Object body, PutOptions put) {
    return new Command.PutItem(Bodies.encode(body), put.key(), Math.max(0, put.delayMs()));
  }

  /** Leases up to {@code max} items; none when the wait was over before one was ready. */
  public Future<List<Item>> take(String queue, TakeOptions take) {
    return call(
        () -> {
          TakeLane.TakeCall call = new TakeLane.TakeCall(take);
          takes.computeIfAbsent(queue, name -> new TakeLane(sender, name, options)).add(call);
          return call.answer.future();
        });
  }

  /**
   * The work on this item is done; fails with {@link LeaseLostException} where it came too late.
   */
  public Future<Void> ack(Item item) {
    return lease(item, new JsonObject().put("op", "ack"));
  }

  /** The work failed: the item comes back after the queue's {@code retryDelay}. */
  public Future<Void> nack(Item item, String reason) {
    return lease(item, new JsonObject().put("op", "nack").put("reason", reason));
  }

  /** The work failed: the item comes back after this delay. */
  public Future<Void> nack(Item item, String reason, long delayMs) {
    return lease(
        item, new JsonObject().put("op", "nack").put("reason", reason).put("delayMs", delayMs));
  }

  /** The item is dead at once. */
  public Future<Void> bury(Item item, String reason) {
    return lease(item, new JsonObject().put("op", "nack").put("reason", reason).put("bury", true));
  }

  /** The lease ends {@code leaseMs} from now. */
  public Future<Void> extend(Item item, long leaseMs) {
    return lease(item, new JsonObject().put("op", "extend").put("leaseMs", leaseMs));
  }

  private Future<Void> lease(Item item, JsonObject parameters) {
    return call(
        () -> {
          LeaseLane.LeaseCall call = new LeaseLane.LeaseCall(item.lease(), parameters);
          String lane = item.queue() + '.' + parameters.getString("op");
          leases
              .computeIfAbsent(lane, name -> new LeaseLane(sender, item.queue(), options))
              .add(call);
          return call.answer.future();
        });
  }

  /**
   * Hands every item to the handler: success acks it, failure nacks it; the lease is renewed while
   * the handler works.
   */
  public Consumption consume(
      String queue, ConsumeOptions consume, Function<Item, Future<?>> handler) {
    Consumption consumption = new Consumption(this, context, vertx, queue, consume, handler);
    context.runOnContext(nothing -> consumption.go());
    return consumption;
  }

  /** An operator's request to a queue, as the protocol has it: {@code {"op":"stats"}}. */
  public Future<JsonObject> manage(String queue, JsonObject request) {
    return call(() -> ask(Addresses.manage(queue), request));
  }

  /** An operator's request about queues: list, create, delete. */
  public Future<JsonObject> queues(JsonObject request) {
    return call(() -> ask(Addresses.QUEUES, request));
  }

  private Future<JsonObject> ask(String address, JsonObject request) {
    return sender.retrying(() -> sender.once(address, request, Sender.SLACK_MS), options.retry());
  }

  /** Does the work on the client's event loop: at once where the caller is on it already. */
  private <T> Future<T> call(Supplier<Future<T>> work) {
    if (((ContextInternal) context).nettyEventLoop().inEventLoop()) {
      return started(work);
    }
    Promise<T> done = Promise.promise();
    context.runOnContext(nothing -> started(work).onComplete(done));
    return done.future();
  }

  /** What can not even be begun fails as all else does. */
  private static <T> Future<T> started(Supplier<Future<T>> work) {
    try {
      return work.get();
    } catch (RuntimeException e) {
      return Future.failedFuture(e);
    }
  }
}
