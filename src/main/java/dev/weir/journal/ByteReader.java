package dev.weir.journal;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads what a {@link ByteWriter} wrote; anything else is damage. */
final class ByteReader {
  private final byte[] bytes;
  private int at;

  ByteReader(Buffer buffer) {
    this.bytes = buffer.getBytes();
  }

  boolean hasMore() {
    return at < bytes.length;
  }

  long number() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      byte next = next();
      value |= (long) (next & 0x7F) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new JournalDamagedException("a number has no end at byte " + at);
  }

  int count() {
    long value = number();
    if (value < 0 || value > Integer.MAX_VALUE) {
      throw new JournalDamagedException("a count of " + value + " at byte " + at);
    }
    return (int) value;
  }

  boolean flag() {
    return number() == 1;
  }

  long fixed() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 8) {
      value |= (next() & 0xFFL) << shift;
    }
    return value;
  }

  double real() {
    return Double.longBitsToDouble(fixed());
  }

  String text() {
    byte[] raw = raw();
    return raw == null ? null : new String(raw, StandardCharsets.UTF_8);
  }

  byte[] raw() {
    int length = count() - 1;
    if (length < 0) {
      return null;
    }
    if (length > bytes.length - at) {
      throw new JournalDamagedException("a text runs over the end at byte " + at);
    }
    at += length;
    return Arrays.copyOfRange(bytes, at - length, at);
  }

  private byte next() {
    if (at == bytes.length) {
      throw new JournalDamagedException("a record ends too early at byte " + at);
    }
    return bytes[at++];
  }
}
