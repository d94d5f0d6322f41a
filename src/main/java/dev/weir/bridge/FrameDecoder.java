package dev.weir.bridge;

import dev.weir.door.BufferedBytes;
import dev.weir.relay.BadFrame;
import io.vertx.core.buffer.Buffer;

/**
 * Cuts a stream of bytes into frames: a length of four bytes, big-endian, and so many bytes. The
 * length is judged as soon as it is there; what is kept of a frame that is not whole is what came
 * of it, never what it says it will be.
 */
final class FrameDecoder {
  private static final int LENGTH_BYTES = 4;

  private final int frameBytesMax;
  private final BufferedBytes buffered;
  private Buffer chunk;
  private int at;
  private Buffer begun;

  FrameDecoder(int frameBytesMax, BufferedBytes buffered) {
    this.frameBytesMax = frameBytesMax;
    this.buffered = buffered;
  }

  /** Takes the next bytes in; everything before them must have been asked for. */
  void append(Buffer data) {
    chunk = chunk == null ? data : left().appendBuffer(data);
    at = 0;
  }

  private Buffer left() {
    return Buffer.buffer(chunk.length() - at).appendBuffer(chunk, at, chunk.length() - at);
  }

  /**
   * The next whole frame without its length, or null where more bytes are needed.
   *
   * @throws BadFrame at a length that is refused; one that is {@linkplain BadFrame#isInStep in
   *     step} is behind us then, else nothing more may be asked for
   */
  Buffer next() {
    if (begun != null) {
      return continued();
    }
    int left = chunk == null ? 0 : chunk.length() - at;
    if (left >= LENGTH_BYTES) {
      int length = checked(chunk.getInt(at));
      if (left - LENGTH_BYTES >= length) {
        Buffer frame = chunk.slice(at + LENGTH_BYTES, at + LENGTH_BYTES + length);
        at += LENGTH_BYTES + length;
        return frame;
      }
    }
    if (left > 0) {
      begun = Buffer.buffer(left);
      keep(left);
    }
    chunk = null;
    return null;
  }

  private int checked(int length) {
    if (length > frameBytesMax) {
      throw BadFrame.TOO_LARGE;
    }
    if (length < 0) {
      throw BadFrame.OUT_OF_STEP;
    }
    if (length == 0) {
      at += LENGTH_BYTES;
      throw BadFrame.INVALID;
    }
    return length;
  }

  /** Goes on with a frame that began in an earlier chunk. */
  private Buffer continued() {
    if (begun.length() < LENGTH_BYTES && !keepUpTo(LENGTH_BYTES)) {
      return null;
    }
    int length = begun.getInt(0);
    if (length <= 0 || length > frameBytesMax) {
      forget();
      throw length == 0 ? BadFrame.INVALID : length < 0 ? BadFrame.OUT_OF_STEP : BadFrame.TOO_LARGE;
    }
    if (!keepUpTo(LENGTH_BYTES + length)) {
      return null;
    }
    Buffer frame = begun.slice(LENGTH_BYTES, LENGTH_BYTES + length);
    forget();
    return frame;
  }

  /** Keeps what there is, so that {@code begun} has at most this length; whether it has it now. */
  private boolean keepUpTo(int length) {
    int left = chunk == null ? 0 : chunk.length() - at;
    keep(Math.min(left, length - begun.length()));
    if (begun.length() < length) {
      chunk = null;
      return false;
    }
    return true;
  }

  private void keep(int bytes) {
    if (!buffered.take(bytes)) {
      throw BadFrame.TOO_MUCH_BUFFERED;
    }
    if (bytes > 0) {
      begun.appendBuffer(chunk, at, bytes);
      at += bytes;
    }
  }

  private void forget() {
    buffered.give(begun.length());
    begun = null;
  }

  /** Nothing more will be asked for. */
  void close() {
    if (begun != null) {
      forget();
    }
    chunk = null;
  }
}
