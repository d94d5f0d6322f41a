package dev.weir.client;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Random;

/**
 * The producer of the exercise: puts a value from 1 to 100, pauses 0.5 to 2 s, and so on. Never
 * gives up: it waits when the queue is full and goes on when a node that was gone is back.
 */
public final class ProducerVerticle extends VerticleBase {
  /** Once it has said that the queue is full it waits in line until there is room. */
  private static final long AS_LONG_AS_IT_TAKES_MS = Integer.MAX_VALUE;

  private final Random random = new Random();
  private ClientSettings settings;
  private QueueClient client;
  private long id;
  private long sent;
  private boolean stopped;

  @Override
  public Future<?> start() {
    settings = ClientSettings.parse(config(), 500, 2000);
    return vertx
        .executeBlocking(() -> settings.id() < 0 ? Ids.ask("Producer") : settings.id())
        .map(
            number -> {
              id = number;
              client =
                  QueueClient.create(vertx, new QueueClientOptions("p-" + id, settings.retry()));
              produce();
              return null;
            });
  }

  private void produce() {
    if (stopped) {
      return;
    }
    JsonObject item = LabItem.create(id, 1 + random.nextInt(100), Instant.now());
    System.out.println("[Producer " + id + "] Sending data: " + LabItem.print(item));
    put(item, false);
  }

  private void put(JsonObject item, boolean toldFull) {
    long waitMs = toldFull ? AS_LONG_AS_IT_TAKES_MS : settings.waitMs();
    PutOptions wait = PutOptions.DEFAULT.withWaitMs(waitMs);
    client
        .put(settings.queue(), item, wait)
        .onSuccess(
            result -> {
              if (result.stored()) {
                sent();
                return;
              }
              if (!toldFull) {
                System.out.println("Queue is full. Producer " + id + " is waiting.");
              }
              again(item);
            })
        .onFailure(
            cause -> {
              System.out.println("[Producer " + id + "] " + cause.getMessage());
              vertx.close();
            });
  }

  private void again(JsonObject item) {
    if (!stopped) {
      put(item, true);
    }
  }

  private void sent() {
    if (++sent == settings.count()) {
      vertx.close();
      return;
    }
    long span = settings.pauseMaxMs() - settings.pauseMinMs();
    long pauseMs = settings.pauseMinMs() + (span == 0 ? 0 : random.nextLong(span + 1));
    vertx.setTimer(Math.max(1, pauseMs), timer -> produce());
  }

  @Override
  public Future<?> stop() {
    stopped = true;
    return Future.succeededFuture();
  }
}
