package dev.weir.http;

import dev.weir.door.BufferedBytes;
import dev.weir.door.Sweeps;
import dev.weir.protocol.Code;
import dev.weir.relay.Relay;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.PlatformHandler;
import io.vertx.ext.web.handler.sockjs.SockJSHandler;
import io.vertx.ext.web.handler.sockjs.SockJSHandlerOptions;
import io.vertx.ext.web.handler.sockjs.SockJSSocket;
import io.vertx.ext.web.handler.sockjs.Transport;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The event bus at {@code /eventbus}, over web sockets: SockJS' own and raw ones. Its other
 * transports (polling, for browsers without web sockets) are shut: they read bodies without a
 * bound. On the door's context.
 */
final class SockJsDoor {
  private static final String PATH = "/eventbus";
  private static final Pattern OPEN =
      Pattern.compile(PATH + "/(info|websocket|[^/.]+/[^/.]+/websocket)");

  /** How long a client has to hang up once its web socket is closed. */
  private static final long LINGER_MS = 1000;

  private final Relay relay;
  private final Lines lines;
  private final BufferedBytes buffered;
  private final Set<SockJsClient> open = new LinkedHashSet<>();
  private final long sweepTimer;

  /**
   * @param buffered what has arrived of all clients together and waits
   */
  SockJsDoor(Relay relay, Lines lines, BufferedBytes buffered) {
    this.relay = relay;
    this.lines = lines;
    this.buffered = buffered;
    long shortest = Math.min(relay.limits().unreadMs(), relay.limits().idleMs());
    this.sweepTimer = relay.vertx().setPeriodic(Sweeps.everyMs(shortest), timer -> sweep());
  }

  void mount(Router router) {
    SockJSHandlerOptions options = new SockJSHandlerOptions().setInsertJSESSIONID(false);
    for (Transport shut : Transport.values()) {
      if (shut != Transport.WEBSOCKET) {
        options.addDisabledTransport(shut.name());
      }
    }
    router.route(PATH + "*").handler((PlatformHandler) SockJsDoor::onlyWhatIsOpen);
    router
        .route(PATH + "*")
        .subRouter(SockJSHandler.create(relay.vertx(), options).socketHandler(this::opened));
  }

  private static void onlyWhatIsOpen(RoutingContext request) {
    if (request.request().method() == HttpMethod.GET
        && OPEN.matcher(request.normalizedPath()).matches()) {
      request.next();
    } else {
      Problem.of(Code.NO_SUCH_PATH, "web sockets alone: " + PATH + "/websocket or SockJS'")
          .send(request.response());
    }
  }

  private void opened(SockJSSocket socket) {
    Line line = lines.of(socket.routingContext().request().connection());
    String name = relay.connections().enter();
    if (line == null || name == null) {
      socket.close();
      return;
    }
    line.isWebSocket();
    SockJsClient client = new SockJsClient(relay, buffered, socket, line, name);
    open.add(client);
    socket.exceptionHandler(failed -> line.abort());
    socket.closeHandler(
        closed -> {
          if (open.remove(client)) {
            client.ended();
            relay.vertx().setTimer(LINGER_MS, over -> line.abort());
          }
        });
  }

  private void sweep() {
    List.copyOf(open).forEach(SockJsClient::sweep);
  }

  void stop() {
    relay.vertx().cancelTimer(sweepTimer);
    relay.watching().stop();
  }
}
