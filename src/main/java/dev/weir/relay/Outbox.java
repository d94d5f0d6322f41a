package dev.weir.relay;

import dev.weir.door.Connections.Unwritten;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * What goes to one client, in order: how much of it the client has not taken yet, since when it
 * takes nothing, and which leases were in what it never got. On the door's context.
 */
final class Outbox {
  private final Wire wire;
  private final RelayLimits limits;
  private final ArrayDeque<Mark> marks = new ArrayDeque<>();
  private final List<Unwritten> never = new ArrayList<>();
  private long added;
  private long written;
  private long progressNanos;

  /** How frames leave. */
  interface Wire {

    /** What a frame weighs beyond its own bytes. */
    int overheadBytes();

    /** Sends it, and says {@link Outbox#written} as the reader takes it. */
    void send(Buffer frame);

    /** Something was taken: there may be room again. */
    void taken();

    /** More is owed than may be: the connection has to end. */
    void overrun();

    long nanos();
  }

  /** Leases that a client has once so many bytes are written. */
  private record Mark(long end, List<Unwritten> leases) {}

  Outbox(Wire wire, RelayLimits limits) {
    this.wire = wire;
    this.limits = limits;
    this.progressNanos = wire.nanos();
  }

  void add(Buffer frame) {
    add(frame, List.of());
  }

  /**
   * Sends a frame as soon as it goes.
   *
   * @param leases what the frame hands out
   */
  void add(Buffer frame, List<Unwritten> leases) {
    long bytes = wire.overheadBytes() + frame.length();
    if (unwritten() > 0 && unwritten() + bytes > limits.overrunBytesMax()) {
      never.addAll(leases);
      wire.overrun();
      return;
    }
    if (unwritten() == 0) {
      progressNanos = wire.nanos();
    }
    added += bytes;
    if (!leases.isEmpty()) {
      marks.addLast(new Mark(added, leases));
    }
    wire.send(frame);
  }

  /** So many bytes more are with the operating system, in the order in which they were sent. */
  void written(int bytes) {
    written += bytes;
    progressNanos = wire.nanos();
    while (!marks.isEmpty() && marks.peekFirst().end() <= written) {
      marks.removeFirst();
    }
    wire.taken();
  }

  /** How many bytes are not written. */
  long unwritten() {
    return added - written;
  }

  /** Whether so much is unwritten that nothing more should be read. */
  boolean isFull() {
    return unwritten() >= limits.unwrittenBytesMax();
  }

  /** When the reader last took something, or was given something after a pause. */
  long progressNanos() {
    return progressNanos;
  }

  /** The leases that were never written, by now. */
  List<Unwritten> unwrittenLeases() {
    List<Unwritten> leases = new ArrayList<>(never);
    marks.forEach(mark -> leases.addAll(mark.leases()));
    return leases;
  }
}
