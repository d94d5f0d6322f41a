package dev.weir.bridge;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.IntConsumer;

/**
 * Writes frames with their length. Those that are ready at the same time go out in one write; a
 * large one in pieces, so that it is seen how far the reader has come. On the door's context.
 */
final class FrameWriter {
  static final int LENGTH_BYTES = 4;

  /** About what a socket takes at once. */
  private static final int PIECE_BYTES = 64 * 1024;

  private final Function<Buffer, Future<Void>> socket;
  private final Executor soon;
  private final IntConsumer written;
  private Buffer gathered = Buffer.buffer();
  private boolean flushing;

  /**
   * @param socket writes; completes when the operating system has taken all of it
   * @param soon runs something once what is at hand is done
   * @param written hears of so many bytes more that were taken
   */
  FrameWriter(Function<Buffer, Future<Void>> socket, Executor soon, IntConsumer written) {
    this.socket = socket;
    this.soon = soon;
    this.written = written;
  }

  void add(Buffer frame) {
    gathered.appendInt(frame.length()).appendBuffer(frame);
    if (gathered.length() >= PIECE_BYTES) {
      flush();
    } else if (!flushing) {
      flushing = true;
      soon.execute(this::flushGathered);
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
      socket.apply(all.slice(from, to)).onSuccess(taken -> written.accept(bytes));
    }
  }
}
