package dev.weir.bridge;

import dev.weir.door.Connections;
import dev.weir.door.Connections.Unwritten;
import io.vertx.core.AsyncResult;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * One client. Reads while there is room for what its requests bring, and stops reading while there
 * is none; ends where the stream is out of step or the client stands still. On the door's context.
 */
final class BridgeConnection implements Outbox.Wire, Dispatcher.Answers {
  private static final Logger LOG = Logger.getLogger(BridgeConnection.class.getName());

  /** How long a client that is being sent away has to read why, while it may still be sending. */
  private static final long LINGER_MS = 1000;

  private final BridgeDoor door;
  private final NetSocket socket;
  private final String name;
  private final FrameDecoder decoder;
  private final Registrations registrations;
  private final Unanswered unanswered;
  private final Outbox outbox;
  private final Dispatcher dispatcher;
  private final List<Unwritten> late = new ArrayList<>();
  private State state = State.OPEN;
  private boolean working;
  private boolean paused;
  private long frameNanos = System.nanoTime();

  private enum State {
    OPEN,
    /** Nothing more is read; what was asked is still answered. */
    LINGERING,
    /** The socket is closed; answers that were already under way are collected. */
    ENDED,
    /** Everybody was told. */
    LEFT
  }

  BridgeConnection(BridgeDoor door, NetSocket socket, String name) {
    this.door = door;
    this.socket = socket;
    this.name = name;
    this.decoder = new FrameDecoder(door.limits().frameBytesMax(), door.buffered());
    this.registrations =
        new Registrations(door.vertx().eventBus(), door.watching(), door.limits().owedMax());
    this.unanswered = new Unanswered(door.limits());
    this.outbox = new Outbox(this, door.limits());
    this.dispatcher = new Dispatcher(door, registrations, unanswered, outbox, name, this);
    socket.handler(this::received);
  }

  private void received(Buffer data) {
    if (state == State.OPEN) {
      decoder.append(data);
      work();
    }
  }

  /** Takes frames while there is room for them. */
  private void work() {
    if (working) {
      return;
    }
    working = true;
    try {
      boolean more = true;
      while (more && state == State.OPEN && hasRoom()) {
        more = step();
      }
    } finally {
      working = false;
    }
    openOrCloseTheTap();
  }

  private boolean hasRoom() {
    return !unanswered.isFull() && !outbox.isFull();
  }

  private void openOrCloseTheTap() {
    boolean stop = state == State.OPEN && !hasRoom();
    if (stop && !paused) {
      paused = true;
      socket.pause();
    } else if (!stop && paused) {
      paused = false;
      socket.resume();
    }
  }

  /** One frame; whether there may be another. */
  private boolean step() {
    try {
      Buffer bytes = decoder.next();
      if (bytes == null) {
        return false;
      }
      frameNanos = nanos();
      dispatcher.dispatch(Frame.parse(bytes), bytes.length());
    } catch (BadFrame bad) {
      outbox.add(Frames.error(bad.getMessage()));
      if (!bad.isInStep()) {
        linger();
      }
    } catch (RuntimeException defect) {
      LOG.log(Level.SEVERE, "a defect ends the connection " + name, defect);
      abort();
    }
    return true;
  }

  private void linger() {
    state = State.LINGERING;
    decoder.close();
    door.vertx().setTimer(LINGER_MS, over -> abort());
  }

  /** Looks whether this connection stands still; called now and then. */
  void sweep() {
    long now = nanos();
    boolean unread =
        outbox.unwritten() > 0 && now - outbox.progressNanos() > millis(door.limits().unreadMs());
    boolean idle =
        unanswered.isEmpty()
            && now - Math.max(frameNanos, outbox.progressNanos()) > millis(door.limits().idleMs());
    if (unread || idle) {
      LOG.log(Level.FINE, "{0} ends: unread {1}, idle {2}", new Object[] {name, unread, idle});
      abort();
    }
  }

  private static long millis(long ms) {
    return TimeUnit.MILLISECONDS.toNanos(ms);
  }

  /** Closes at once: an ordinary close waits until a client that does not read has read. */
  void abort() {
    ((NetSocketInternal) socket).channelHandlerContext().close();
  }

  /** The socket is closed. Whoever listens for us stops; the queues are told once it is known. */
  void ended() {
    if (state == State.ENDED || state == State.LEFT) {
      return;
    }
    state = State.ENDED;
    decoder.close();
    registrations.close();
    soon(this::leave);
  }

  private void leave() {
    state = State.LEFT;
    late.addAll(outbox.unwrittenLeases());
    door.connections().leave(name, late);
  }

  @Override
  public boolean isTooLate() {
    return state == State.ENDED || state == State.LEFT;
  }

  /** A request overtook the word that we are gone: the word is said again. */
  @Override
  public void tooLate(List<Unwritten> leases) {
    if (state == State.ENDED) {
      late.addAll(leases);
    } else if (!leases.isEmpty()) {
      Connections.gone(door.vertx(), name, leases);
    }
  }

  @Override
  public void answered() {
    if (paused) {
      work();
    }
  }

  @Override
  public void write(Buffer bytes, Handler<AsyncResult<Void>> done) {
    socket.write(bytes).onComplete(done);
  }

  @Override
  public void soon(Runnable work) {
    door.context().runOnContext(nothing -> work.run());
  }

  @Override
  public void taken() {
    if (paused) {
      work();
    }
  }

  @Override
  public void overrun() {
    abort();
  }

  @Override
  public long nanos() {
    return System.nanoTime();
  }
}
