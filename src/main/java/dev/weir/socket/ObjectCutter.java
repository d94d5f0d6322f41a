package dev.weir.socket;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.async.ByteArrayFeeder;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Cuts JSON objects out of a stream of bytes as they complete, however they arrive: each with its
 * very bytes. White space between them is skipped. On one context.
 */
final class ObjectCutter {
  static final int DEPTH_MAX = 64;
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEPTH_MAX).build())
          .build();

  private final int bytesMax;
  private JsonParser parser;
  private byte[] begun = new byte[0];
  private int length;
  private int depth;

  /**
   * @param bytesMax a longer object is refused
   */
  ObjectCutter(int bytesMax) {
    this.bytesMax = bytesMax;
  }

  /** How many bytes of an object are held that is not whole yet. */
  int heldBytes() {
    return length;
  }

  /** Takes bytes and hands on what is whole, in order. */
  void feed(byte[] bytes, Consumer<byte[]> objects) throws BadStream {
    int at = 0;
    while (at < bytes.length) {
      if (parser == null) {
        at = begin(bytes, at);
      }
      if (at < bytes.length) {
        at = goOn(bytes, at, objects);
      }
    }
  }

  private int begin(byte[] bytes, int from) throws BadStream {
    int at = from;
    while (at < bytes.length && isSpace(bytes[at])) {
      at++;
    }
    if (at < bytes.length && bytes[at] != '{') {
      throw new BadStream("between objects there is byte 0x%02x".formatted(bytes[at]));
    }
    return at;
  }

  private static boolean isSpace(byte value) {
    return value == ' ' || value == '\n' || value == '\r' || value == '\t';
  }

  /** Feeds the parser up to the end of this object or of the bytes; returns where that is. */
  private int goOn(byte[] bytes, int from, Consumer<byte[]> objects) throws BadStream {
    int to = Math.min(bytes.length, from + bytesMax + 1 - length);
    try {
      if (parser == null) {
        parser = FACTORY.createNonBlockingByteArrayParser();
        depth = 0;
      }
      ((ByteArrayFeeder) parser.getNonBlockingInputFeeder()).feedInput(bytes, from, to);
      int end = toEnd();
      int taken = end < 0 ? to - from : end - length;
      if (length + taken > bytesMax) {
        throw new BadStream("an object is over " + bytesMax + " bytes");
      }
      keep(bytes, from, taken);
      if (end >= 0) {
        byte[] whole = Arrays.copyOf(begun, length);
        close();
        objects.accept(whole);
      }
      return from + taken;
    } catch (StreamConstraintsException e) {
      throw new BadStream("an object is nested over " + DEPTH_MAX + " or has a value too long");
    } catch (JsonParseException e) {
      throw new BadStream("this is no JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where the object ends, counted from its begin; -1 where it is not whole yet. */
  private int toEnd() throws IOException {
    JsonToken token;
    while ((token = parser.nextToken()) != JsonToken.NOT_AVAILABLE) {
      if (token == null) {
        return -1;
      }
      depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
      if (depth == 0) {
        return (int) parser.currentLocation().getByteOffset();
      }
    }
    return -1;
  }

  private void keep(byte[] bytes, int from, int count) {
    if (length + count > begun.length) {
      begun = Arrays.copyOf(begun, Math.max(length + count, Math.min(bytesMax, 2 * begun.length)));
    }
    System.arraycopy(bytes, from, begun, length, count);
    length += count;
  }

  /** Forgets what was begun. */
  void close() {
    parser = null;
    begun = new byte[0];
    length = 0;
  }
}
