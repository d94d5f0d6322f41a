package dev.weir.journal;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Bytes that grow. Numbers are written in groups of seven bits, the lowest first, each byte but the
 * last with its top bit set (LEB128); a text is its length in bytes plus one, then UTF-8, and 0
 * stands for none.
 */
final class ByteWriter {
  private byte[] bytes = new byte[1024];
  private int size;

  int size() {
    return size;
  }

  ByteWriter number(long value) {
    room(10);
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      bytes[size++] = (byte) (rest & 0x7F | 0x80);
      rest >>>= 7;
    }
    bytes[size++] = (byte) rest;
    return this;
  }

  ByteWriter flag(boolean value) {
    return number(value ? 1 : 0);
  }

  ByteWriter fixed(long value) {
    room(8);
    for (int shift = 0; shift < 64; shift += 8) {
      bytes[size++] = (byte) (value >>> shift);
    }
    return this;
  }

  ByteWriter real(double value) {
    return fixed(Double.doubleToLongBits(value));
  }

  ByteWriter text(String value) {
    return value == null ? number(0) : raw(value.getBytes(StandardCharsets.UTF_8));
  }

  ByteWriter raw(byte[] value) {
    number(value.length + 1L);
    room(value.length);
    System.arraycopy(value, 0, bytes, size, value.length);
    size += value.length;
    return this;
  }

  private void room(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
    }
  }

  /** Hands out what was written and begins anew. */
  Buffer take() {
    Buffer taken = Buffer.buffer(size).appendBytes(bytes, 0, size);
    size = 0;
    if (bytes.length > 1 << 20) {
      bytes = new byte[1024];
    }
    return taken;
  }
}
