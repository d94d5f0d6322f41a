package dev.weir.it;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;

/** A web page of another origin that tries to reach a node through whoever opens it. */
final class ForeignPage implements AutoCloseable {
  private static final String PAGE =
      """
      <!doctype html><title>foreign</title><link rel="icon" href="data:,"><pre id="tried"></pre>
      <script>
        const node = "@NODE@";
        const put = JSON.stringify({producer: "foreign", body: 1});
        const tried = {read: []};
        const post = (path, type, mode) =>
          fetch(node + path, {method: "POST", mode, body: put, headers: {"content-type": type}});
        const socket = () => new Promise((done) => {
          const one = new WebSocket(node.replace("http", "ws") + "/eventbus/websocket");
          one.onopen = () => done("open");
          one.onerror = () => done("refused");
        });
        const read = (path) => fetch(node + path).then((answer) => answer.text())
          .then((text) => tried.read.push(path + " " + text), () => {});
        (async () => {
          await post("/api/queues/victim/items", "text/plain", "no-cors").catch(() => {});
          await post("/api/queues/victim/items", "application/x-www-form-urlencoded", "no-cors")
            .catch(() => {});
          tried.json = await post("/api/queues/victim/items", "application/json", "cors")
            .then((answer) => "answered " + answer.status, () => "refused");
          await read("/api/queues");
          await read("/");
          await read("/eventbus/info");
          tried.socket = await socket();
          document.getElementById("tried").textContent = JSON.stringify(tried);
          document.title = "tried";
        })();
      </script>
      """;

  private final HttpServer server;

  ForeignPage(Vertx vertx, String node) {
    server =
        DashboardNode.await(
            vertx
                .createHttpServer()
                .requestHandler(
                    request ->
                        request
                            .response()
                            .putHeader("content-type", "text/html")
                            .end(PAGE.replace("@NODE@", node)))
                .listen(0, "127.0.0.1"));
  }

  String origin() {
    return "http://127.0.0.1:" + server.actualPort();
  }

  @Override
  public void close() {
    DashboardNode.await(server.close());
  }
}
