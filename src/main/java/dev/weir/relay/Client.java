package dev.weir.relay;

import dev.weir.door.Connections;
import dev.weir.door.Connections.Unwritten;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * One client of the event bus, whatever carries its frames: does what they say while there is room
 * for what they bring, and says when the client stands still. On the door's context.
 */
public final class Client implements Outbox.Wire, Dispatcher.Answers {
  private static final Logger LOG = Logger.getLogger(Client.class.getName());

  private final Relay relay;
  private final String name;
  private final Carrier carrier;
  private final Registrations registrations;
  private final Unanswered unanswered;
  private final Outbox outbox;
  private final Dispatcher dispatcher;
  private final List<Unwritten> late = new ArrayList<>();
  private State state = State.OPEN;
  private long frameNanos = System.nanoTime();

  private enum State {
    OPEN,
    /** The connection is closed; answers that were already under way are collected. */
    ENDED,
    /** Everybody was told. */
    LEFT
  }

  /** What brings a client's frames and takes the answers. */
  public interface Carrier {

    /** What a frame weighs on the wire beyond its own bytes. */
    int overheadBytes();

    /** Sends a frame, and says {@link Client#written} as the reader takes it. */
    void send(Buffer frame);

    /** There may be room for frames again. */
    void roomAgain();

    /** Closes at once, read or not. */
    void abort();
  }

  /**
   * @param name the one under which it asks; given back to the relay's connections at its end
   */
  public Client(Relay relay, String name, Carrier carrier) {
    this.relay = relay;
    this.name = name;
    this.carrier = carrier;
    this.registrations =
        new Registrations(relay.vertx().eventBus(), relay.watching(), relay.limits().owedMax());
    this.unanswered = new Unanswered(relay.limits());
    this.outbox = new Outbox(this, relay.limits());
    this.dispatcher = new Dispatcher(relay, registrations, unanswered, outbox, name, this);
  }

  public String name() {
    return name;
  }

  /** Whether there is room for what another frame may bring. */
  public boolean hasRoom() {
    return !unanswered.isFull() && !outbox.isFull();
  }

  /**
   * Does what one frame says.
   *
   * @param json the frame without its length
   */
  public void take(Buffer json) {
    frameNanos = nanos();
    try {
      dispatcher.dispatch(Frame.parse(json), json.length());
    } catch (BadFrame bad) {
      refuse(bad);
    } catch (RuntimeException defect) {
      LOG.log(Level.SEVERE, "a defect ends the connection " + name, defect);
      carrier.abort();
    }
  }

  /** Says that a frame was none. */
  public void refuse(BadFrame bad) {
    outbox.add(relay.dialect().error(bad.getMessage()));
  }

  /** The reader has taken so many bytes more, in the order in which they were sent. */
  public void written(int bytes) {
    outbox.written(bytes);
  }

  /** Ends it where it stands still: reads nothing of what it is owed, or does nothing at all. */
  public void sweep() {
    long now = nanos();
    boolean unread =
        outbox.unwritten() > 0 && now - outbox.progressNanos() > millis(relay.limits().unreadMs());
    boolean idle =
        unanswered.isEmpty()
            && now - Math.max(frameNanos, outbox.progressNanos()) > millis(relay.limits().idleMs());
    if (unread || idle) {
      LOG.log(Level.FINE, "{0} ends: unread {1}, idle {2}", new Object[] {name, unread, idle});
      carrier.abort();
    }
  }

  private static long millis(long ms) {
    return TimeUnit.MILLISECONDS.toNanos(ms);
  }

  /** The connection is closed. Nothing is heard any more; queues are told once it is known. */
  public void ended() {
    if (state == State.OPEN) {
      state = State.ENDED;
      registrations.close();
      relay.context().runOnContext(nothing -> leave());
    }
  }

  private void leave() {
    state = State.LEFT;
    late.addAll(outbox.unwrittenLeases());
    relay.connections().leave(name, late);
  }

  @Override
  public boolean isTooLate() {
    return state != State.OPEN;
  }

  /** A request overtook the word that we are gone: the word is said again. */
  @Override
  public void tooLate(List<Unwritten> leases) {
    if (state == State.ENDED) {
      late.addAll(leases);
    } else if (!leases.isEmpty()) {
      Connections.gone(relay.vertx(), name, leases);
    }
  }

  @Override
  public void answered() {
    carrier.roomAgain();
  }

  @Override
  public int overheadBytes() {
    return carrier.overheadBytes();
  }

  @Override
  public void send(Buffer frame) {
    carrier.send(frame);
  }

  @Override
  public void taken() {
    carrier.roomAgain();
  }

  @Override
  public void overrun() {
    carrier.abort();
  }

  @Override
  public long nanos() {
    return System.nanoTime();
  }
}
