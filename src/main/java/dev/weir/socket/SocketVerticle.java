package dev.weir.socket;

import dev.weir.door.BufferedBytes;
import dev.weir.door.Connections;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.util.function.Consumer;
import java.util.logging.Logger;

/** The door for the programs of the classroom, on a plain socket. */
public final class SocketVerticle extends VerticleBase {
  private static final Logger LOG = Logger.getLogger(SocketVerticle.class.getName());
  private static final int BACKLOG = 1024;

  private final SocketSettings settings;
  private final Consumer<String> out;
  private SocketDoor door;
  private NetServer server;

  /**
   * @param out takes the lines that the classroom's server prints, one or more at a time
   */
  public SocketVerticle(SocketSettings settings, Consumer<String> out) {
    this.settings = settings;
    this.out = out;
  }

  @Override
  public Future<?> start() {
    door =
        new SocketDoor(
            vertx,
            settings,
            new Connections(vertx, "socket", settings.door().connectionsMax()),
            new BufferedBytes(settings.bufferedBytesMax()),
            out);
    server =
        vertx
            .createNetServer(new NetServerOptions().setAcceptBacklog(BACKLOG))
            .connectHandler(this::connected);
    return server
        .listen(settings.door().port(), settings.door().host())
        .recover(cause -> Future.failedFuture(settings.door().canNotListen(cause)))
        .onSuccess(
            listening ->
                out.accept("Server started and listening on port " + listening.actualPort()));
  }

  private void connected(NetSocket socket) {
    String name = door.connections().enter();
    if (name == null) {
      LOG.fine("socket.connectionsMax is reached");
      socket.close();
      return;
    }
    new SocketConnection(door, socket, name).open();
  }

  /** Where it listens, once it does. */
  public int port() {
    return server.actualPort();
  }

  /** How many clients are connected, or have items on their way in. */
  public int connectionCount() {
    return door.connections().count();
  }

  /** What the begun objects of all clients hold, in bytes. */
  long bufferedBytes() {
    return door.buffered().held();
  }

  @Override
  public Future<?> stop() {
    return server.close();
  }
}
