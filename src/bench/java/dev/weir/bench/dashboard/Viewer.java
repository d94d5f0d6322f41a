package dev.weir.bench.dashboard;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The installed Chromium, looking at one page; asked over its DevTools web socket. */
final class Viewer implements AutoCloseable {
  private final Vertx vertx;
  private final Process chromium;
  private final WebSocketClient client;
  private final WebSocket socket;
  private int asked;

  Viewer(Vertx vertx, String page, Path profile) throws Exception {
    this.vertx = vertx;
    chromium =
        new ProcessBuilder(
                "chromium",
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--window-size=1440,1000",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile,
                page)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    Path portFile = profile.resolve("DevToolsActivePort");
    while (!Files.exists(portFile) || Files.readAllLines(portFile).size() < 2) {
      TimeUnit.MILLISECONDS.sleep(50);
    }
    int port = Integer.parseInt(Files.readAllLines(portFile).get(0));
    client = vertx.createWebSocketClient();
    socket = await(client.connect(port, "127.0.0.1", target(port, page)));
  }

  private String target(int port, String page) throws Exception {
    HttpClientAgent http = vertx.createHttpClient();
    while (true) {
      var body =
          await(
              http.request(HttpMethod.GET, port, "127.0.0.1", "/json")
                  .compose(request -> request.send())
                  .compose(response -> response.body()));
      for (Object found : body.toJsonArray()) {
        JsonObject target = (JsonObject) found;
        if (target.getString("url").startsWith(page)) {
          String address = target.getString("webSocketDebuggerUrl");
          return address.substring(address.indexOf("/devtools"));
        }
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  /** When the page was painted, in milliseconds after it was asked for. */
  String firstPaint() throws Exception {
    return evaluate(
        "performance.getEntriesByType('paint')"
            + ".map(one => one.name + ' ' + Math.round(one.startTime) + ' ms').join(', ')");
  }

  /** The longest times between two frames in 5 s. */
  String frames() throws Exception {
    return evaluate(
        "new Promise(done => { const at = []; const tick = now => { at.push(now);"
            + " if (now - at[0] < 5000) requestAnimationFrame(tick); else done('the longest of '"
            + " + at.length + ' took ' + at.slice(1).map((now, i) => now - at[i])"
            + ".sort((a, b) => b - a).slice(0, 3).map(Math.round).join(', ') + ' ms'); };"
            + " requestAnimationFrame(tick); })");
  }

  private String evaluate(String expression) throws Exception {
    Promise<String> answer = Promise.promise();
    int id = ++asked;
    socket.textMessageHandler(
        text -> {
          JsonObject frame = new JsonObject(text);
          if (frame.getInteger("id", 0) == id) {
            answer.complete(
                frame.getJsonObject("result").getJsonObject("result").getString("value"));
          }
        });
    JsonObject parameters =
        new JsonObject()
            .put("expression", expression)
            .put("returnByValue", true)
            .put("awaitPromise", true);
    JsonObject request =
        new JsonObject().put("id", id).put("method", "Runtime.evaluate").put("params", parameters);
    await(socket.writeTextMessage(request.encode()));
    return await(answer.future());
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  @Override
  public void close() throws Exception {
    client.close();
    List<ProcessHandle> all = chromium.descendants().toList();
    chromium.destroy();
    if (!chromium.waitFor(10, TimeUnit.SECONDS)) {
      all.forEach(ProcessHandle::destroyForcibly);
      chromium.destroyForcibly();
    }
  }
}
