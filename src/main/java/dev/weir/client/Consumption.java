package dev.weir.client;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Takes items of one queue and hands them to a handler, until it is closed. */
public final class Consumption {
  private static final Logger LOG = Logger.getLogger(Consumption.class.getName());

  /** Short, because closing waits for it. */
  private static final long WAIT_MS = 2000;

  /** After a take has failed for as long as the client tries. */
  private static final long PAUSE_MS = 1000;

  private final QueueClient client;
  private final Context context;
  private final Vertx vertx;
  private final String queue;
  private final ConsumeOptions options;
  private final Function<Item, Future<?>> handler;
  private final Promise<Void> closed = Promise.promise();
  private int running;
  private boolean taking;
  private boolean closing;

  Consumption(
      QueueClient client,
      Context context,
      Vertx vertx,
      String queue,
      ConsumeOptions options,
      Function<Item, Future<?>> handler) {
    this.client = client;
    this.context = context;
    this.vertx = vertx;
    this.queue = queue;
    this.options = options;
    this.handler = handler;
  }

  /** Takes no more; completes when what was taken is done and acknowledged. */
  public Future<Void> close() {
    context.runOnContext(
        nothing -> {
          closing = true;
          go();
        });
    return closed.future();
  }

  void go() {
    if (closing) {
      if (!taking && running == 0) {
        closed.tryComplete();
      }
      return;
    }
    int free = options.concurrency() - running;
    if (taking || free <= 0) {
      return;
    }
    taking = true;
    client
        .take(queue, new TakeOptions(free, WAIT_MS, options.leaseMs(), false))
        .onComplete(
            taken ->
                context.runOnContext(
                    nothing -> {
                      taking = false;
                      if (taken.succeeded()) {
                        start(taken.result());
                      } else {
                        LOG.log(
                            Level.WARNING, "queue {0}: {1}", new Object[] {queue, taken.cause()});
                        vertx.setTimer(PAUSE_MS, id -> go());
                      }
                    }));
  }

  private void start(List<Item> items) {
    for (Item item : items) {
      running++;
      if (closing) {
        finish(item, client.nack(item, "the consumer is closing", 0));
      } else {
        finish(item, work(item));
      }
    }
    go();
  }

  private Future<Void> work(Item item) {
    long timer = vertx.setPeriodic(Math.max(1, options.leaseMs() / 3), id -> renew(item));
    Future<?> done;
    try {
      done = handler.apply(item);
    } catch (RuntimeException e) {
      done = Future.failedFuture(e);
    }
    return done.transform(
        worked -> {
          vertx.cancelTimer(timer);
          return worked.succeeded() ? client.ack(item) : client.nack(item, reason(worked.cause()));
        });
  }

  /** A reason has 1 to 1024 characters. */
  private static String reason(Throwable cause) {
    String text = String.valueOf(cause);
    return text.length() > 1024 ? text.substring(0, 1024) : text;
  }

  private void renew(Item item) {
    client
        .extend(item, options.leaseMs())
        .onFailure(
            cause -> {
              if (cause instanceof LeaseLostException) {
                item.lost();
              }
            });
  }

  private void finish(Item item, Future<Void> done) {
    done.onComplete(
        ended ->
            context.runOnContext(
                nothing -> {
                  running--;
                  if (ended.failed()) {
                    item.lost();
                    LOG.log(
                        Level.WARNING,
                        "item {0} of queue {1}: {2}",
                        new Object[] {item.id(), queue, ended.cause().getMessage()});
                  }
                  go();
                }));
  }
}
