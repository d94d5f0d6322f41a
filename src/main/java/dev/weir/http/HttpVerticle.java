package dev.weir.http;

import dev.weir.door.BufferedBytes;
import dev.weir.door.Connections;
import dev.weir.door.Watching;
import dev.weir.protocol.Code;
import dev.weir.relay.Permissions;
import dev.weir.relay.Relay;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerResponse;
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

  private static final int BACKLOG = 1024;

  private final HttpSettings settings;
  private final Origins origins;
  private Lines lines;
  private BufferedBytes buffered;
  private HttpServer server;
  private Api api;
  private Metrics metrics;
  private SockJsDoor sockJs;

  public HttpVerticle(HttpSettings settings) {
    this.settings = settings;
    this.origins = new Origins(settings.door().host(), settings.allowedOrigins());
  }

  @Override
  public Future<?> start() {
    return vertx.executeBlocking(Contract::json).compose(this::listen);
  }

  private Future<?> listen(Buffer contract) {
    lines = new Lines(vertx, settings);
    server =
        vertx
            .createHttpServer(serverOptions())
            .connectionHandler(lines::connected)
            .invalidRequestHandler(BadRequest::answer)
            .requestHandler(router(contract));
    return server
        .listen(settings.door().port(), settings.door().host())
        .recover(cause -> Future.failedFuture(settings.door().canNotListen(cause)))
        .onSuccess(
            listening -> {
              origins.listening(listening.actualPort());
              LOG.info(settings.door().listening(listening.actualPort()));
            });
  }

  private HttpServerOptions serverOptions() {
    int frameBytes = (int) Math.min(Integer.MAX_VALUE, 2L * settings.relay().frameBytesMax() + 64);
    return new HttpServerOptions()
        .setAcceptBacklog(BACKLOG)
        .setHttp2ClearTextEnabled(false)
        .setMaxHeaderSize(settings.headerBytesMax())
        .setMaxInitialLineLength(settings.headerBytesMax())
        .setMaxWebSocketFrameSize(frameBytes)
        .setMaxWebSocketMessageSize(frameBytes)
        .setPerFrameWebSocketCompressionSupported(false)
        .setPerMessageWebSocketCompressionSupported(false);
  }

  private Router router(Buffer contract) {
    Connections connections = new Connections(vertx, "http", settings.door().connectionsMax());
    buffered = new BufferedBytes(settings.relay().bufferedBytesMax());
    Router router = Router.router(vertx);
    router.route().handler((PlatformHandler) this::guard).failureHandler(HttpVerticle::failed);
    api = new Api(vertx, settings, connections, buffered, contract);
    api.mount(router);
    NodeFigures figures = new NodeFigures(vertx);
    metrics = new Metrics(vertx, figures);
    Health health = new Health(vertx, figures);
    Api.atGet(router, "/metrics", metrics::show);
    Api.atGet(router, "/health/live", health::live);
    Api.atGet(router, "/health/ready", health::ready);
    Relay relay =
        new Relay(
            vertx,
            context,
            settings.relay(),
            new Permissions(settings.allow()),
            new Watching(vertx),
            connections,
            new SockJsDialect());
    sockJs = new SockJsDoor(relay, lines, buffered);
    sockJs.mount(router);
    router
        .route()
        .method(HttpMethod.GET)
        .method(HttpMethod.HEAD)
        .handler(StaticHandler.create("web").setCachingEnabled(false));
    return router;
  }

  /** A client that leaves in the middle of a file is no news, and can be told nothing. */
  private static void failed(RoutingContext request) {
    if (request.response().headWritten()) {
      request.request().connection().close();
    } else {
      Api.failed(request);
    }
  }

  /** Each request comes by here first. */
  private void guard(RoutingContext request) {
    HttpServerResponse response = request.response();
    for (Header header : SECURITY) {
      response.putHeader(header.name, header.value);
    }
    Line line = lines.of(request.request().connection());
    if (line == null) {
      return;
    }
    line.asked();
    request.addEndHandler(answered -> line.answered());
    if (!PROBED.contains(request.request().path()) && !origins.isAllowed(request.request())) {
      Problem.of(Code.FORBIDDEN, "this host name or web page's origin may not ask here")
          .send(response);
    } else {
      request.next();
    }
  }

  /** Where it listens, once it does. */
  public int port() {
    return server.actualPort();
  }

  /** How many clients are connected; from any thread. */
  int connectionCount() {
    return lines.count();
  }

  /** What has arrived of bodies and frames and waits; from any thread. */
  long bufferedBytes() {
    return buffered.held();
  }

  @Override
  public Future<?> stop() {
    lines.stop();
    sockJs.stop();
    api.stop();
    metrics.stop();
    return server.close();
  }
}
