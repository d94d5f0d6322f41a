package dev.weir.http;

import dev.weir.door.BufferedBytes;
import dev.weir.door.Connections;
import dev.weir.protocol.Addresses;
import dev.weir.protocol.Code;
import dev.weir.protocol.RequestException;
import dev.weir.protocol.Role;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.VertxException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The routes under {@code /api}: each request becomes the message of docs/protocol.md, the queue
 * judges it as any other, and its answer comes back as it is.
 */
final class Api {
  private static final String QUEUE = "queue";
  private static final String PLACE = "place";
  private static final int DEFECT = 500;

  private final BodyReader bodies;
  private final Answers answers;
  private final Buffer contract;

  /**
   * @param buffered what has arrived of all bodies and waits
   * @param contract what {@code /api/openapi.json} shows
   */
  Api(
      Vertx vertx,
      HttpSettings settings,
      Connections connections,
      BufferedBytes buffered,
      Buffer contract) {
    this.bodies = new BodyReader(vertx, settings, buffered);
    this.answers = new Answers(vertx, connections);
    this.contract = contract;
  }

  void mount(Router router) {
    at(router, "/api/queues/:queue/:place", this::operation);
    at(router, "/api/queues/:queue", this::queue);
    at(router, "/api/queues", this::queues);
    at(router, "/api/openapi.json", this::contract);
    at(
        router,
        "/api/*",
        request -> {
          throw new RequestException(Code.NO_SUCH_PATH, "there is nothing at " + path(request));
        });
  }

  private static void at(Router router, String path, Handler<RoutingContext> handler) {
    router.route(path).handler(handler).failureHandler(Api::failed);
  }

  /** A place outside of the API that shows something, with the API's way to fail. */
  static void atGet(Router router, String path, Handler<RoutingContext> handler) {
    at(
        router,
        path,
        request -> {
          onlyGet(request);
          handler.handle(request);
        });
  }

  void stop() {
    bodies.stop();
  }

  private static String path(RoutingContext request) {
    return request.request().path();
  }

  /** What Vert.x refused itself is the client's fault. */
  static void failed(RoutingContext request) {
    if (request.response().closed() || request.response().headWritten()) {
      return;
    }
    Throwable cause = request.failure();
    int status = request.statusCode();
    boolean refused = cause == null || cause instanceof VertxException && status < DEFECT;
    Problem problem =
        refused
            ? new Problem(status, Code.BAD_REQUEST.text(sentence(cause)))
            : Problem.of(cause, path(request));
    problem.send(request.response());
  }

  private static String sentence(Throwable cause) {
    return cause == null ? "the request can not be read" : cause.getMessage();
  }

  private void operation(RoutingContext request) {
    String place = request.pathParam(PLACE);
    Operation operation = Operation.at(place, request.request().method());
    if (operation == null) {
      String allowed = Operation.allowed(place);
      throw allowed.isEmpty()
          ? new RequestException(Code.NO_SUCH_PATH, "there is nothing at " + path(request))
          : noSuchMethod(request, allowed);
    }
    String queue = queueName(request);
    message(request, operation.method)
        .map(message -> with(message, "op", operation.op))
        .onSuccess(message -> ask(request, queue, operation.role, message, answer -> answer))
        .onFailure(request::fail);
  }

  private void ask(
      RoutingContext request,
      String queue,
      Role role,
      JsonObject message,
      UnaryOperator<JsonObject> shape) {
    answers.ask(request.response(), role.address(queue), message, shape);
  }

  private void queue(RoutingContext request) {
    HttpMethod method = request.request().method();
    String queue = queueName(request);
    if (method == HttpMethod.GET || method == HttpMethod.HEAD) {
      JsonObject stats = with(Query.message(request.queryParams()), "op", "stats");
      ask(request, queue, Role.MANAGE, stats, Api::described);
    } else if (method == HttpMethod.PUT || method == HttpMethod.DELETE) {
      String op = method == HttpMethod.PUT ? "create" : "delete";
      message(request, method)
          .map(message -> with(with(message, "op", op), "name", queue))
          .onSuccess(message -> askNode(request, message))
          .onFailure(request::fail);
    } else {
      throw noSuchMethod(request, "GET, PUT, DELETE");
    }
  }

  /** What {@code list} says of a queue, and its settings. */
  private static JsonObject described(JsonObject stats) {
    int count = 0;
    for (Map.Entry<String, Object> state : stats.getJsonObject("counts")) {
      count += ((Number) state.getValue()).intValue();
    }
    return new JsonObject()
        .put("name", stats.getValue("queue"))
        .put("node", stats.getValue("node"))
        .put("durability", stats.getValue("durability"))
        .put("capacity", stats.getValue("capacity"))
        .put("count", count)
        .put("settings", stats.getValue("settings"));
  }

  private void queues(RoutingContext request) {
    onlyGet(request);
    askNode(request, with(Query.message(request.queryParams()), "op", "list"));
  }

  private void askNode(RoutingContext request, JsonObject message) {
    answers.ask(request.response(), Addresses.QUEUES, message, answer -> answer);
  }

  private void contract(RoutingContext request) {
    onlyGet(request);
    request.response().putHeader(HttpHeaders.CONTENT_TYPE, Answers.JSON).end(contract);
  }

  private static void onlyGet(RoutingContext request) {
    HttpMethod method = request.request().method();
    if (method != HttpMethod.GET && method != HttpMethod.HEAD) {
      throw noSuchMethod(request, "GET");
    }
  }

  private static RequestException noSuchMethod(RoutingContext request, String allowed) {
    request.response().putHeader(HttpHeaders.ALLOW, allowed);
    return new RequestException(
        Code.NO_SUCH_METHOD, path(request) + " takes " + allowed + " alone");
  }

  private static String queueName(RoutingContext request) {
    String queue = request.pathParam(QUEUE);
    if (!Addresses.isQueueName(queue)) {
      throw RequestException.bad("a queue's name is 1 to 64 letters, digits, _ or -");
    }
    return queue;
  }

  /** The fields of a request, from its body or from its address. */
  private Future<JsonObject> message(RoutingContext request, HttpMethod method) {
    if (method == HttpMethod.POST || method == HttpMethod.PUT) {
      if (request.request().query() != null) {
        throw RequestException.bad("fields belong into the body, not behind the path");
      }
      return bodies.read(request);
    }
    return Future.succeededFuture(Query.message(request.queryParams()));
  }

  /** A field that the path says already; it may not be said a second time. */
  private static JsonObject with(JsonObject message, String field, String value) {
    if (message.containsKey(field)) {
      throw RequestException.bad("%s is not a field that is known here: the path says it", field);
    }
    return message.put(field, value);
  }
}
