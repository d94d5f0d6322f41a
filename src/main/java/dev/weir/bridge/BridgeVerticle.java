package dev.weir.bridge;

import dev.weir.door.BufferedBytes;
import dev.weir.door.Connections;
import dev.weir.door.Sweeps;
import dev.weir.door.Watching;
import dev.weir.relay.Permissions;
import dev.weir.relay.Relay;
import dev.weir.relay.RelayLimits;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.logging.Logger;

/** The door for programs that speak the framing of Vert.x' TCP event-bus bridge. */
public final class BridgeVerticle extends VerticleBase {
  private static final Logger LOG = Logger.getLogger(BridgeVerticle.class.getName());
  private static final int BACKLOG = 1024;

  /** How long clients may take to read their last answers when the door closes. */
  private static final long STOP_MS = 1000;

  private final BridgeSettings settings;
  private final Set<BridgeConnection> open = new LinkedHashSet<>();
  private BufferedBytes buffered;
  private Relay relay;
  private NetServer server;

  public BridgeVerticle(BridgeSettings settings) {
    this.settings = settings;
  }

  @Override
  public Future<?> start() {
    relay =
        new Relay(
            vertx,
            context,
            settings.limits(),
            new Permissions(settings.allow()),
            new Watching(vertx),
            new Connections(vertx, "bridge", settings.door().connectionsMax()),
            new TcpDialect());
    buffered = new BufferedBytes(settings.limits().bufferedBytesMax());
    RelayLimits limits = settings.limits();
    long shortest = Math.min(limits.unreadMs(), limits.idleMs());
    vertx.setPeriodic(Sweeps.everyMs(shortest), timer -> sweep());
    server =
        vertx
            .createNetServer(new NetServerOptions().setAcceptBacklog(BACKLOG))
            .connectHandler(this::connected);
    return server
        .listen(settings.door().port(), settings.door().host())
        .recover(cause -> Future.failedFuture(settings.door().canNotListen(cause)))
        .onSuccess(listening -> LOG.info(settings.door().listening(listening.actualPort())));
  }

  private void connected(NetSocket socket) {
    String name = relay.connections().enter();
    if (name == null) {
      LOG.fine("bridge.connectionsMax is reached");
      socket.close();
      return;
    }
    BridgeConnection connection = new BridgeConnection(relay, buffered, socket, name);
    open.add(connection);
    socket.exceptionHandler(cause -> LOG.fine(() -> name + ": " + cause.getMessage()));
    socket.closeHandler(
        closed -> {
          open.remove(connection);
          connection.ended();
        });
  }

  private void sweep() {
    List.copyOf(open).forEach(BridgeConnection::sweep);
  }

  /** Where it listens, once it does. */
  public int port() {
    return server.actualPort();
  }

  /** How many clients are connected. */
  public int connectionCount() {
    return relay.connections().count();
  }

  /** What the begun frames of all clients hold, in bytes. */
  long bufferedBytes() {
    return buffered.held();
  }

  @Override
  public Future<?> stop() {
    relay.watching().stop();
    long timer =
        vertx.setTimer(STOP_MS, late -> List.copyOf(open).forEach(BridgeConnection::abort));
    return server.close().onComplete(closed -> vertx.cancelTimer(timer));
  }
}
