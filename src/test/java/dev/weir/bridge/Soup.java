package dev.weir.bridge;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/**
 * Bytes that a broken or hostile program might send, made from a seed; and what a reader of the
 * framing must make of them, reckoned byte by byte and apart from the bridge's own decoder.
 */
final class Soup {
  private static final String[] WORDS = {
    "send",
    "publish",
    "register",
    "unregister",
    "ping",
    "message",
    "",
    "op",
    "put",
    "take",
    "ack",
    "weir.q.produce",
    "weir.q.consume",
    "weir.q.manage",
    "weir.q.events",
    "weir.queues",
    "weir.internal.gone",
    "weir.nobody.consume",
    "__vertx.reply.1",
    "stats",
    "é☃"
  };
  private static final String[] FIELDS = {
    "type", "address", "replyAddress", "headers", "body", "op", "producer", "consumer", "items",
    "max", "leases", "ack", "id", "fence", "timeout", "weir-from", "failureCode", "waitMs"
  };

  /** From here on the kinds of soup leave the stream in step. */
  private static final int IN_STEP_FROM = 5;

  private final Random random;
  private final int frameBytesMax;
  private final boolean inStep;
  private long left;
  private int headerBytes;
  private int header;
  private boolean closed;

  Soup(Random random, int frameBytesMax) {
    this.random = random;
    this.frameBytesMax = frameBytesMax;
    this.inStep = random.nextBoolean();
  }

  /** Some bytes; most are about a frame. */
  byte[] next() {
    byte[] bytes = make();
    for (byte one : bytes) {
      reckon(one);
    }
    return bytes;
  }

  private void reckon(byte one) {
    if (closed) {
      return;
    }
    if (left > 0) {
      left--;
      return;
    }
    header = header << 8 | one & 0xff;
    if (++headerBytes == 4) {
      closed = header < 0 || header > frameBytesMax;
      left = header;
      headerBytes = 0;
      header = 0;
    }
  }

  /** Whether the connection must end by itself. */
  boolean isClosed() {
    return closed;
  }

  /** What brings the stream back to the beginning of a frame. */
  byte[] filler() {
    ByteArrayOutputStream filler = new ByteArrayOutputStream();
    while (!closed && (headerBytes != 0 || left != 0)) {
      byte one = (byte) (left > 0 ? ' ' : headerBytes == 3 ? 1 : 0);
      filler.write(one);
      reckon(one);
    }
    return filler.toByteArray();
  }

  private byte[] make() {
    return switch (inStep ? IN_STEP_FROM + random.nextInt(9) : random.nextInt(14)) {
      case 0 -> noise(1 + random.nextInt(40));
      case 1 -> cut(Peer.frame(request()));
      case 2 -> ByteBuffer.allocate(4).putInt(random.nextInt()).array();
      case 3 -> ByteBuffer.allocate(4).putInt(frameBytesMax + 1 + random.nextInt(9)).array();
      case 4 -> flipped(Peer.frame(request()));
      case IN_STEP_FROM -> Peer.frame(noise(random.nextInt(300)));
      case 6 -> Peer.frame("[".repeat(random.nextInt(5000)));
      case 7 -> Peer.frame("{\"type\":\"ping\"}");
      case 8 -> Peer.frame(value(0));
      default -> Peer.frame(request());
    };
  }

  private byte[] noise(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private byte[] cut(byte[] bytes) {
    return java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length));
  }

  private byte[] flipped(byte[] bytes) {
    for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return bytes;
  }

  /** A frame that is nearly good, with good requests among them. */
  private String request() {
    String[] good = {
      Peer.send("weir.q.produce", "p", "{\"op\":\"put\",\"producer\":\"f\",\"body\":1}"),
      Peer.send("weir.q.consume", "t", "{\"op\":\"take\",\"consumer\":\"f\",\"waitMs\":200}"),
      Peer.send("weir.q.consume", "a", "{\"op\":\"take\",\"consumer\":\"f\",\"autoAck\":true}"),
      Peer.send("weir.q.consume", null, "{\"op\":\"take\",\"consumer\":\"f\",\"waitMs\":200}"),
      Peer.send("weir.q.manage", "s", "{\"op\":\"stats\"}"),
      "{\"type\":\"register\",\"address\":\"weir.q.events\"}",
      "{\"type\":\"unregister\",\"address\":\"weir.q.events\"}"
    };
    if (random.nextInt(3) > 0) {
      return good[random.nextInt(good.length)];
    }
    StringBuilder frame = new StringBuilder("{\"type\":").append(word()).append(",\"address\":");
    frame.append(random.nextInt(4) > 0 ? word() : value(1));
    if (random.nextBoolean()) {
      frame.append(",\"replyAddress\":").append(random.nextInt(4) > 0 ? word() : value(1));
    }
    frame.append(",\"headers\":").append(random.nextInt(4) > 0 ? object(2) : value(1));
    return frame.append(",\"body\":").append(value(0)).append("}").toString();
  }

  private String word() {
    return "\"" + WORDS[random.nextInt(WORDS.length)] + "\"";
  }

  private String object(int depth) {
    StringBuilder json = new StringBuilder("{");
    for (int field = random.nextInt(5); field > 0; field--) {
      json.append('"').append(FIELDS[random.nextInt(FIELDS.length)]).append("\":");
      json.append(value(depth + 1)).append(field > 1 ? "," : "");
    }
    return json.append("}").toString();
  }

  private String value(int depth) {
    return switch (random.nextInt(depth > 4 ? 6 : 8)) {
      case 0 -> "null";
      case 1 -> random.nextBoolean() ? "true" : "false";
      case 2 -> String.valueOf(random.nextLong());
      case 3 -> random.nextInt(5) > 0 ? String.valueOf(random.nextInt(50)) : "9".repeat(400);
      case 4 -> random.nextInt(5) > 0 ? "-0.5e" + random.nextInt(999) : "1e99999";
      case 5 -> word();
      case 6 -> "[" + value(depth + 1) + "," + value(depth + 1) + "]";
      default -> object(depth);
    };
  }

  /** Text that proves that a bridge is alive: a frame of this kind is denied by name. */
  static byte[] sign(String name) {
    return Peer.frame(
        ("{\"type\":\"send\",\"address\":\"not.open\",\"replyAddress\":\"" + name + "\"}")
            .getBytes(StandardCharsets.UTF_8));
  }
}
