package dev.weir.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.healthchecks.CheckResult;
import io.vertx.ext.healthchecks.HealthChecks;
import io.vertx.ext.healthchecks.Status;
import io.vertx.ext.web.RoutingContext;

/**
 * What {@code /health/live} and {@code /health/ready} say: 200 with {@code "status":"UP"}, else
 * 503, and each check that is down names its cause.
 *
 * <ul>
 *   <li>live: the event loops of the node answer. Where they do not for 5 s, a restart is the cure.
 *   <li>ready: each journal is open and each queue is owned and served. Held items (dead ones
 *       without room among the dead) are shown and do not make a queue unready.
 * </ul>
 */
final class Health {
  private final Vertx vertx;
  private final NodeFigures figures;

  Health(Vertx vertx, NodeFigures figures) {
    this.vertx = vertx;
    this.figures = figures;
  }

  void live(RoutingContext request) {
    show(request, figures.ask().transform(asked -> live(asked.cause())));
  }

  private Future<CheckResult> live(Throwable cause) {
    return HealthChecks.create(vertx)
        .register("event-loops", done -> done.complete(status(cause == null, text(cause))))
        .checkStatus();
  }

  void ready(RoutingContext request) {
    show(
        request,
        figures
            .ask()
            .transform(asked -> asked.succeeded() ? ready(asked.result()) : live(asked.cause())));
  }

  private Future<CheckResult> ready(JsonObject found) {
    HealthChecks checks = HealthChecks.create(vertx);
    checks.register("event-loops", done -> done.complete(Status.OK()));
    for (Object one : found.getJsonArray("journals")) {
      JsonObject journal = (JsonObject) one;
      String name =
          "journals/verticle-%d-%s"
              .formatted(journal.getInteger("verticle"), journal.getString("durability"));
      String cause = journal.getString("down");
      checks.register(name, done -> done.complete(status(!journal.containsKey("down"), cause)));
    }
    for (Object one : found.getJsonArray("queues")) {
      JsonObject queue = (JsonObject) one;
      checks.register(
          "queues/" + queue.getString("queue"), done -> done.complete(queueStatus(queue)));
    }
    for (String lost : found.getJsonObject("lost").fieldNames()) {
      String cause = found.getJsonObject("lost").getString(lost);
      checks.register("queues/" + lost, done -> done.complete(status(false, cause)));
    }
    return checks.checkStatus();
  }

  private static Status queueStatus(JsonObject queue) {
    Status status = status(queue.getBoolean("open"), queue.getString("cause"));
    int held = queue.getJsonObject("counts").getInteger("held");
    if (held > 0) {
      JsonObject data = status.getData() == null ? new JsonObject() : status.getData();
      status.setData(data.put("held", held));
    }
    return status;
  }

  private static Status status(boolean isUp, String cause) {
    return isUp ? Status.OK() : Status.KO(new JsonObject().put("cause", cause));
  }

  private static String text(Throwable cause) {
    return cause == null ? null : "the node does not answer: " + cause.getMessage();
  }

  private static void show(RoutingContext request, Future<CheckResult> checked) {
    checked
        .onFailure(request::fail)
        .onSuccess(
            result -> {
              if (!request.response().closed()) {
                request
                    .response()
                    .setStatusCode(CheckResult.isUp(result) ? 200 : 503)
                    .putHeader(HttpHeaders.CONTENT_TYPE, Answers.JSON)
                    .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                    .end(result.toJson().toBuffer());
              }
            });
  }
}
