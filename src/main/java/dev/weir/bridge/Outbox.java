package dev.weir.bridge;

import dev.weir.door.Connections.Unwritten;
import io.vertx.core.AsyncResult;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * What goes to one client, in order. Frames that are ready at the same time go out in one write; a
 * large one in pieces, so that it is seen how far the reader has come. On the door's context.
 */
final class Outbox {
  private static final int LENGTH_BYTES = 4;

  /** About what a socket takes at once. */
  private static final int PIECE_BYTES = 64 * 1024;

  private final Wire wire;
  private final BridgeLimits limits;
  private final ArrayDeque<Mark> marks = new ArrayDeque<>();
  private final List<Unwritten> never = new ArrayList<>();
  private Buffer gathered = Buffer.buffer();
  private boolean flushing;
  private long added;
  private long written;
  private long progressNanos;

  /** How bytes leave. */
  interface Wire {

    /** Writes; the handler hears when the operating system has taken all of it, or never will. */
    void write(Buffer bytes, io.vertx.core.Handler<AsyncResult<Void>> done);

    /** Runs this once what is at hand is done. */
    void soon(Runnable work);

    /** Something was taken: there may be room again. */
    void taken();

    /** More is owed than may be: the connection has to end. */
    void overrun();

    long nanos();
  }

  /** Leases that a client has once so many bytes are written. */
  private record Mark(long end, List<Unwritten> leases) {}

  Outbox(Wire wire, BridgeLimits limits) {
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
    long bytes = LENGTH_BYTES + frame.length();
    if (unwritten() > 0 && unwritten() + bytes > limits.overrunBytesMax()) {
      never.addAll(leases);
      wire.overrun();
      return;
    }
    if (unwritten() == 0) {
      progressNanos = wire.nanos();
    }
    added += bytes;
    gathered.appendInt(frame.length()).appendBuffer(frame);
    if (!leases.isEmpty()) {
      marks.addLast(new Mark(added, leases));
    }
    if (gathered.length() >= PIECE_BYTES) {
      flush();
    } else if (!flushing) {
      flushing = true;
      wire.soon(this::flushGathered);
    }
  }

  private void flushGathered() {
    flushing = false;
    flush();
  }

  private void flush() {
    Buffer all = gathered;
    if (all.length() == 0) {
      return;
    }
    gathered = Buffer.buffer();
    for (int from = 0; from < all.length(); from += PIECE_BYTES) {
      int to = Math.min(all.length(), from + PIECE_BYTES);
      int bytes = to - from;
      wire.write(all.slice(from, to), result -> written(result, bytes));
    }
  }

  private void written(AsyncResult<Void> result, int bytes) {
    if (result.failed()) {
      return;
    }
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
