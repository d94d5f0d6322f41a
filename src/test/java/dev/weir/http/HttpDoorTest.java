package dev.weir.http;

import static dev.weir.node.Bus.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.node.Bus;
import dev.weir.protocol.RequestException;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who gets in at the HTTP door, and what goes out with every answer. */
class HttpDoorTest {
  private final Vertx vertx = Bus.vertx();

  @AfterEach
  void close() {
    await(vertx.close());
  }

  private int start(JsonObject settings) {
    HttpVerticle door = new HttpVerticle(HttpSettings.parse(settings.put("port", 0)));
    await(vertx.deployVerticle(door));
    return door.port();
  }

  private HttpClientResponse get(int port, String path, String host, String origin) {
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.GET)
            .setHost("127.0.0.1")
            .setPort(port)
            .setURI(path)
            .putHeader("host", host);
    if (origin != null) {
      options.putHeader("origin", origin);
    }
    return await(
        vertx
            .createHttpClient()
            .request(options)
            .compose(request -> request.send())
            .compose(response -> response.body().map(body -> response)));
  }

  @Test
  void onlyItsOwnHostsAndPagesGetIn() {
    int port = start(new JsonObject());
    String own = "127.0.0.1:" + port;
    assertEquals(200, get(port, "/", own, null).statusCode());
    assertEquals(200, get(port, "/", "localhost:" + port, "http://" + own).statusCode());
    assertEquals(403, get(port, "/", "evil.example:" + port, null).statusCode());
    assertEquals(403, get(port, "/", own, "http://evil.example").statusCode());
    assertEquals(403, get(port, "/", own, "http://127.0.0.1:1").statusCode());
    assertEquals(403, get(port, "/eventbus/info", own, "null").statusCode());
  }

  @Test
  void allowedOriginsTakeTheirPlace() {
    JsonArray origins = new JsonArray().add("https://weir.example");
    int port = start(new JsonObject().put("allowedOrigins", origins));
    assertEquals(200, get(port, "/", "weir.example", "https://weir.example").statusCode());
    assertEquals(403, get(port, "/", "127.0.0.1:" + port, null).statusCode());
  }

  @Test
  void aPageMayRunOnlyItsOwnFiles() {
    int port = start(new JsonObject());
    HttpClientResponse page = get(port, "/", "127.0.0.1:" + port, null);
    String policy = page.getHeader("content-security-policy");
    assertTrue(policy.contains("default-src 'none'"), policy);
    assertTrue(!policy.contains("unsafe"), policy);
    assertEquals("nosniff", page.getHeader("x-content-type-options"));
    assertEquals(404, get(port, "/../WEB-INF", "127.0.0.1:" + port, null).statusCode());
  }

  @Test
  void wrongSettingsAreNamed() {
    for (String settings :
        new String[] {
          "{\"host\":\"0.0.0.0\"}", "{\"allowedOrigins\":[\"evil\"]}", "{\"unknown\":1}"
        }) {
      assertThrows(
          RequestException.class, () -> HttpSettings.parse(new JsonObject(settings)), settings);
    }
  }
}
