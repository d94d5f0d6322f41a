package dev.weir.client;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.List;
import java.util.Random;

/**
 * The consumer of the exercise: takes an item, acknowledges it, pauses 1 to 3 s, and so on. Never
 * gives up, neither at an empty queue nor at a node that is gone for a while.
 */
public final class ConsumerVerticle extends VerticleBase {
  private final Random random = new Random();
  private ClientSettings settings;
  private QueueClient client;
  private long id;
  private long consumed;
  private boolean stopped;

  @Override
  public Future<?> start() {
    settings = ClientSettings.parse(config(), 1000, 3000);
    return vertx
        .executeBlocking(() -> settings.id() < 0 ? Ids.ask("Consumer") : settings.id())
        .map(
            number -> {
              id = number;
              client =
                  QueueClient.create(vertx, new QueueClientOptions("c-" + id, settings.retry()));
              consume();
              return null;
            });
  }

  private void consume() {
    if (stopped) {
      return;
    }
    client
        .take(settings.queue(), TakeOptions.DEFAULT.withWaitMs(settings.waitMs()))
        .onSuccess(this::consumed)
        .onFailure(this::failed);
  }

  private void consumed(List<Item> items) {
    if (items.isEmpty()) {
      say("Queue is empty. Waiting for new items...");
      pause();
      return;
    }
    Item item = items.get(0);
    say("Consumed: " + LabItem.print(item.body()));
    client
        .ack(item)
        .onSuccess(nothing -> acked())
        .onFailure(
            cause -> {
              if (cause instanceof LeaseLostException) {
                say("Item " + item.id() + " came back to the queue: " + cause.getMessage());
                pause();
              } else {
                failed(cause);
              }
            });
  }

  private void say(String line) {
    System.out.println("[Consumer " + id + "] " + line);
  }

  private void failed(Throwable cause) {
    say(cause.getMessage());
    vertx.close();
  }

  private void acked() {
    if (++consumed == settings.count()) {
      vertx.close();
    } else {
      pause();
    }
  }

  private void pause() {
    long span = settings.pauseMaxMs() - settings.pauseMinMs();
    long pauseMs = settings.pauseMinMs() + (span == 0 ? 0 : random.nextLong(span + 1));
    vertx.setTimer(Math.max(1, pauseMs), timer -> consume());
  }

  @Override
  public Future<?> stop() {
    stopped = true;
    return Future.succeededFuture();
  }
}
