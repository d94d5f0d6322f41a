package dev.weir.http;

import static dev.weir.node.Bus.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.openapi.contract.OpenAPIContract;
import io.vertx.openapi.contract.Operation;
import io.vertx.openapi.contract.Parameter;
import io.vertx.openapi.validation.RequestParameter;
import io.vertx.openapi.validation.RequestValidator;
import io.vertx.openapi.validation.ResponseValidator;
import io.vertx.openapi.validation.ValidatableResponse;
import io.vertx.openapi.validation.impl.RequestParameterImpl;
import io.vertx.openapi.validation.impl.ValidatableRequestImpl;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Asks the API through a real HTTP client and holds what goes out and what comes back against the
 * contract that the door itself serves.
 */
final class ApiClient {
  static final Map<String, String> JSON = Map.of("content-type", "application/json");

  private final int port;
  private final Transport transport;
  private final OpenAPIContract contract;
  private final RequestValidator requests;
  private final ResponseValidator responses;
  private final Set<String> used = new HashSet<>();

  ApiClient(Vertx vertx, int port, Transport transport) {
    this.port = port;
    this.transport = transport;
    Buffer served = transport.call(port, "GET", "/api/openapi.json", Map.of(), null).body();
    this.contract = await(OpenAPIContract.from(vertx, served.toJsonObject()));
    this.requests = RequestValidator.create(vertx, contract);
    this.responses = ResponseValidator.create(vertx, contract);
  }

  /** The operations of the contract that were answered with 200 here, and those that were not. */
  Set<String> untried() {
    Set<String> untried = new HashSet<>();
    contract.operations().forEach(operation -> untried.add(operation.getOperationId()));
    untried.removeAll(used);
    return untried;
  }

  /** A request that the contract allows, answered with 200 and what the contract says. */
  JsonObject ok(String method, String path, String body) {
    Operation operation = operation(method, path);
    Future<?> valid = validate(operation, path, body);
    assertTrue(valid.succeeded(), () -> method + " " + path + " " + body + ": " + valid.cause());
    Transport.Answer answer = call(method, path, body);
    assertEquals(200, answer.status(), () -> method + " " + path + ": " + answer.body());
    used.add(operation.getOperationId());
    return answer.body().toJsonObject();
  }

  /** A request that the contract does not allow, refused by the door too. */
  JsonObject bad(String method, String path, String body) {
    Future<?> valid = validate(operation(method, path), path, body);
    assertTrue(valid.failed(), () -> "the contract allows " + method + " " + path + " " + body);
    return refused(400, "bad-request", method, path, body);
  }

  /** A request that is refused, whether the contract's schemas can say why or not. */
  JsonObject refused(int code, String word, String method, String path, String body) {
    Transport.Answer answer = call(method, path, body);
    return problem(code, word, answer);
  }

  static JsonObject problem(int code, String word, Transport.Answer answer) {
    assertEquals(code, answer.status(), () -> "" + answer.body());
    JsonObject problem = answer.body().toJsonObject();
    assertEquals(Set.of("code", "word", "message"), problem.fieldNames());
    assertEquals(code, problem.getInteger("code"));
    assertEquals(word, problem.getString("word"));
    assertTrue(problem.getString("message").startsWith(word + ": "), problem::encode);
    return problem;
  }

  /** Any request; where the contract knows it, the answer is held against it. */
  Transport.Answer call(String method, String path, String body) {
    Map<String, String> headers = body == null ? Map.of() : JSON;
    Transport.Answer answer =
        transport.call(port, method, path, headers, body == null ? null : Buffer.buffer(body));
    Operation operation = contract.findOperation(withoutQuery(path), HttpMethod.valueOf(method));
    if (operation != null) {
      Future<?> valid =
          responses.validate(
              ValidatableResponse.create(
                  answer.status(), answer.body(), answer.headers().get("content-type")),
              operation.getOperationId());
      await(valid.mapEmpty());
    }
    return answer;
  }

  Transport.Answer raw(String method, String path, Map<String, String> headers, Buffer body) {
    return transport.call(port, method, path, headers, body);
  }

  private Operation operation(String method, String path) {
    Operation operation = contract.findOperation(withoutQuery(path), HttpMethod.valueOf(method));
    assertTrue(operation != null, () -> "not in the contract: " + method + " " + path);
    return operation;
  }

  private static String withoutQuery(String path) {
    int end = path.indexOf('?');
    return end < 0 ? path : path.substring(0, end);
  }

  private Future<?> validate(Operation operation, String path, String body) {
    Map<String, RequestParameter> query = new HashMap<>();
    if (path.indexOf('?') > 0) {
      for (String pair : path.substring(path.indexOf('?') + 1).split("&")) {
        query.put(pair.split("=")[0], new RequestParameterImpl(pair.split("=")[1]));
      }
    }
    Map<String, RequestParameter> inPath = new HashMap<>();
    String[] parts = withoutQuery(path).split("/");
    for (Parameter parameter : operation.getParameters()) {
      if (parameter.getIn() == io.vertx.openapi.contract.Location.PATH) {
        inPath.put(parameter.getName(), new RequestParameterImpl(parts[3]));
      }
    }
    RequestParameter content = new RequestParameterImpl(body == null ? null : Buffer.buffer(body));
    ValidatableRequestImpl request =
        new ValidatableRequestImpl(
            Map.of(), Map.of(), inPath, query, content, body == null ? null : "application/json");
    Future<?> valid = requests.validate(request, operation.getOperationId());
    await(valid.otherwiseEmpty().mapEmpty());
    return valid;
  }
}
