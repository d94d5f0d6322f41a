package dev.weir.http;

import dev.weir.door.Connections;
import dev.weir.door.Watching;
import dev.weir.protocol.Code;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.PlatformHandler;
import io.vertx.ext.web.handler.StaticHandler;
import java.util.List;
import java.util.Set;
import java.util.logging.Logger;

/** The door for browsers: the dashboard, and the event bus that it lives on. */
public final class HttpVerticle extends VerticleBase {
  private static final Logger LOG = Logger.getLogger(HttpVerticle.class.getName());

  /** The page runs its own files alone and talks to this node alone; nobody frames it. */
  private static final List<Header> SECURITY =
      List.of(
          new Header(
              "content-security-policy",
              "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
                  + " connect-src 'self'; base-uri 'none'; form-action 'none';"
                  + " frame-ancestors 'none'"),
          new Header("x-content-type-options", "nosniff"),
          new Header("x-frame-options", "DENY"),
          new Header("referrer-policy", "no-referrer"),
          new Header("cross-origin-resource-policy", "same-origin"),
          new Header("cross-origin-opener-policy", "same-origin"));

  /** Platforms ask there under whatever name they know; exactly these, not what is below them. */
  private static final Set<String> PROBED = Set.of("/metrics", "/health/live", "/health/ready");

  /** As bytes already: every answer carries it. */
  private record Header(CharSequence name, CharSequence value) {
    Header(String name, String value) {
      this(HttpHeaders.createOptimized(name), HttpHeaders.createOptimized(value));
    }
  }

  private final HttpSettings settings;
  private final Origins origins;
  private Watching watching;
  private HttpServer server;
  private Api api;
  private Metrics metrics;

  public HttpVerticle(HttpSettings settings) {
    this.settings = settings;
    this.origins = new Origins(settings.door().host(), settings.allowedOrigins());
  }

  @Override
  public Future<?> start() {
    return vertx.executeBlocking(Contract::json).compose(this::listen);
  }

  private Future<?> listen(Buffer contract) {
    watching = new Watching(vertx);
    Connections connections = new Connections(vertx, "http", settings.door().connectionsMax());
    Router router = Router.router(vertx);
    router.route().handler((PlatformHandler) this::guard);
    api = new Api(vertx, settings, connections, contract);
    api.mount(router);
    NodeFigures figures = new NodeFigures(vertx);
    metrics = new Metrics(vertx, figures);
    Health health = new Health(vertx, figures);
    Api.atGet(router, "/metrics", metrics::show);
    Api.atGet(router, "/health/live", health::live);
    Api.atGet(router, "/health/ready", health::ready);
    router
        .route("/eventbus*")
        .subRouter(new EventBusSocket(vertx, connections, watching).router(settings.allow()));
    router
        .route()
        .method(HttpMethod.GET)
        .method(HttpMethod.HEAD)
        .handler(StaticHandler.create("web").setCachingEnabled(false));
    server = vertx.createHttpServer().requestHandler(router);
    return server
        .listen(settings.door().port(), settings.door().host())
        .recover(cause -> Future.failedFuture(settings.door().canNotListen(cause)))
        .onSuccess(
            listening -> {
              origins.listening(listening.actualPort());
              LOG.info(settings.door().listening(listening.actualPort()));
            });
  }

  private void guard(RoutingContext request) {
    for (Header header : SECURITY) {
      request.response().putHeader(header.name, header.value);
    }
    if (PROBED.contains(request.request().path()) || origins.isAllowed(request.request())) {
      request.next();
      return;
    }
    Problem.of(Code.FORBIDDEN, "this host name or web page's origin may not ask here")
        .send(request.response());
  }

  /** Where it listens, once it does. */
  public int port() {
    return server.actualPort();
  }

  @Override
  public Future<?> stop() {
    watching.stop();
    api.stop();
    metrics.stop();
    return server.close();
  }
}
