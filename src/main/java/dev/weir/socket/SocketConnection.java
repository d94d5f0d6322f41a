package dev.weir.socket;

import dev.weir.door.Connections;
import dev.weir.door.Connections.Unwritten;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DuplexChannel;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetSocket;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * One client: cuts its objects out of the stream and hands them to the side that its first one
 * chose. Not read from while that side has enough. On the door's context.
 */
final class SocketConnection {
  private static final Logger LOG = Logger.getLogger(SocketConnection.class.getName());

  private final SocketDoor door;
  private final NetSocket socket;
  private final String name;
  private final String peer;
  private final ObjectCutter cutter;
  private Side side;
  private int counted;
  private boolean paused;
  private boolean closed;
  private boolean ended;
  private boolean ending;

  /** What a client turned out to be. */
  interface Side {

    /** The type its objects have. */
    String type();

    /** Takes an object of that type. */
    void object(JsonObject object, byte[] bytes);

    /** Whether it has so much to do that nothing more is read. */
    boolean isFull();

    /** The client is gone: nothing can be written to it, though more it sent may still be read. */
    void gone();

    /** All that the client sent was read; calls {@link SocketConnection#leave} once it is done. */
    void ended();
  }

  SocketConnection(SocketDoor door, NetSocket socket, String name) {
    this.door = door;
    this.socket = socket;
    this.name = name;
    this.peer = socket.remoteAddress().host() + ":" + socket.remoteAddress().port();
    this.cutter = new ObjectCutter(door.settings().objectBytesMax());
  }

  void open() {
    door.out().accept("New connection from " + peer);
    socket.exceptionHandler(cause -> lost(cause.getMessage()));
    socket.closeHandler(nothing -> closed());
    socket.endHandler(nothing -> ended());
    socket.handler(this::received);
  }

  SocketDoor door() {
    return door;
  }

  /** Under which name the queue knows this client. */
  String name() {
    return name;
  }

  boolean isClosed() {
    return closed || ending;
  }

  /** Whether nothing more of it can be read. */
  boolean isEnded() {
    return ended;
  }

  private void received(Buffer data) {
    if (ending) {
      return;
    }
    try {
      cutter.feed(data.getBytes(), this::object);
      if (!hold(cutter.heldBytes())) {
        throw new BadStream("the door holds too many unfinished objects");
      }
    } catch (BadStream e) {
      end(e.getMessage());
    } catch (RuntimeException e) {
      LOG.log(Level.SEVERE, "a defect ends the connection from " + peer, e);
      end("a defect of the server");
    }
    checkTap();
  }

  /** What is begun counts against the bound of the door. */
  private boolean hold(int bytes) {
    boolean fits = bytes <= counted || door.buffered().take(bytes - counted);
    if (fits && bytes < counted) {
      door.buffered().give(counted - bytes);
    }
    counted = fits ? bytes : counted;
    return fits;
  }

  private void object(byte[] bytes) {
    if (ending) {
      return;
    }
    JsonObject object;
    try {
      object = Buffer.buffer(bytes).toJsonObject();
    } catch (DecodeException e) {
      error("this is no JSON object");
      return;
    }
    String type = object.getValue("type") instanceof String text ? text : null;
    if (!"producer".equals(type) && !"consumer".equals(type)) {
      error("type must be producer or consumer");
    } else if (side != null && !side.type().equals(type)) {
      error("this connection is a " + side.type() + " by its first object");
    } else {
      if (side == null) {
        side = type.equals("producer") ? new ProducerSide(this) : new ConsumerSide(this);
      }
      side.object(object, bytes);
    }
  }

  /** One line of JSON that says what is wrong; the connection goes on. */
  Future<Void> error(String sentence) {
    String text = new JsonObject().put("error", "bad-request: " + sentence).encode();
    return socket.write(text.replaceFirst(":", ": ") + "\n");
  }

  /**
   * The same, and the connection ends after it. What still comes is read and dropped for a moment:
   * to close before would make the client's system throw away the line that says why.
   */
  void end(String sentence) {
    if (!ending && !closed) {
      ending = true;
      lost(sentence);
      long late = door.vertx().setTimer(door.settings().unreadMs(), timer -> abort());
      error(sentence)
          .onSuccess(
              written -> {
                door.vertx().cancelTimer(late);
                door.vertx().setTimer(Connections.LINGER_MS, timer -> abort());
                ((DuplexChannel) context().channel()).shutdownOutput();
              });
    }
  }

  private ChannelHandlerContext context() {
    return ((NetSocketInternal) socket).channelHandlerContext();
  }

  /** Closes at once: an ordinary close waits until a client that does not read has read. */
  void abort() {
    context().close();
  }

  private void lost(String reason) {
    door.out().accept("Connection lost from " + peer + ": " + reason);
  }

  Future<Void> write(Buffer bytes) {
    return socket.write(bytes);
  }

  /** Reads no more while the side is full. */
  void checkTap() {
    boolean full = !ending && side != null && side.isFull();
    if (full != paused) {
      paused = full;
      if (full) {
        socket.pause();
      } else {
        socket.resume();
      }
    }
  }

  /** What came before the end may still be waiting to be read. */
  private void closed() {
    closed = true;
    if (side != null) {
      side.gone();
    }
    checkTap();
  }

  private void ended() {
    ended = true;
    closed = true;
    cutter.close();
    hold(0);
    if (side == null) {
      leave(List.of());
    } else {
      side.ended();
    }
  }

  /** Nothing more comes of this client. */
  void leave(List<Unwritten> unwritten) {
    door.connections().leave(name, unwritten);
  }
}
