package dev.weir.protocol;

import dev.weir.core.Body;
import dev.weir.core.Command;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageCodec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Carries a put from Weir's clients and doors to a queue with its bodies as the bytes they are
 * stored as: made once, by whoever puts, and within a process not even copied. Everybody else sends
 * JSON, which means the same. Numbers are big-endian.
 *
 * <pre>
 * u8    version      1
 * text  producer
 * i64   waitMs
 * text  session      may be absent
 * i64   seq          -1 without a session
 * i32   items, then for each:
 *       text  key    may be absent
 *       i64   delayMs
 *       text  body   the UTF-8 of one JSON value
 *
 * text = i32 length in bytes, -1 where it is absent; then UTF-8
 * </pre>
 *
 * <p>What comes over a wire is read with suspicion: see {@link #decodeFromWire}. What comes from
 * this process is believed to hold JSON.
 */
public final class PutCodec implements MessageCodec<Command.Put, Command.Put> {

  /** What messages name it by. */
  public static final String NAME = "weir-put";

  private static final byte VERSION = 1;
  private static final int ABSENT = -1;

  /** Makes the codec known to this bus, once: whoever sends or serves puts may ask for it. */
  public static void register(EventBus bus) {
    try {
      bus.registerCodec(new PutCodec());
    } catch (IllegalStateException registeredAlready) {
      // the bus can not be asked whether it knows a codec; it knows it now, whoever was first
    }
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public byte systemCodecID() {
    return -1;
  }

  /** A command is immutable: who gets it within this process gets it as it is. */
  @Override
  public Command.Put transform(Command.Put put) {
    return put;
  }

  @Override
  public void encodeToWire(Buffer wire, Command.Put put) {
    wire.appendByte(VERSION);
    text(wire, put.producer());
    wire.appendLong(put.waitMs());
    text(wire, put.session());
    wire.appendLong(put.seq()).appendInt(put.items().size());
    for (Command.PutItem item : put.items()) {
      text(wire, item.key());
      wire.appendLong(item.delayMs());
      bytes(wire, item.body().utf8());
    }
  }

  private static void text(Buffer wire, String text) {
    if (text == null) {
      wire.appendInt(ABSENT);
    } else {
      bytes(wire, text.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static void bytes(Buffer wire, byte[] bytes) {
    wire.appendInt(bytes.length).appendBytes(bytes);
  }

  /**
   * Reads a put and makes sure that each body is one JSON value, so that no taker can be harmed.
   *
   * @throws RequestException where it is not, or where the bytes are no put at all
   */
  @Override
  public Command.Put decodeFromWire(int at, Buffer wire) {
    try {
      return new Reader(at, wire).put();
    } catch (IndexOutOfBoundsException e) {
      throw RequestException.bad("the put ends too early");
    }
  }

  private static final class Reader {
    private final Buffer wire;
    private int at;

    Reader(int at, Buffer wire) {
      this.at = at;
      this.wire = wire;
    }

    Command.Put put() {
      byte version = wire.getByte(at++);
      if (version != VERSION) {
        throw RequestException.bad("a put of version %d is not known here", version);
      }
      String producer = text();
      long waitMs = number();
      String session = text();
      long seq = number();
      int count = size();
      List<Command.PutItem> items = new ArrayList<>();
      for (int place = 0; place < count; place++) {
        items.add(item(place));
      }
      return new Command.Put(producer, waitMs, session, seq, items);
    }

    private Command.PutItem item(int place) {
      String key = text();
      long delayMs = number();
      byte[] body = bytes();
      if (body == null || !Bodies.isJson(body)) {
        throw RequestException.bad("items[%d].body must be the bytes of one JSON value", place);
      }
      return new Command.PutItem(new Body(body), key, delayMs);
    }

    private long number() {
      at += Long.BYTES;
      return wire.getLong(at - Long.BYTES);
    }

    private int size() {
      at += Integer.BYTES;
      return wire.getInt(at - Integer.BYTES);
    }

    private String text() {
      byte[] utf8 = bytes();
      return utf8 == null ? null : new String(utf8, StandardCharsets.UTF_8);
    }

    private byte[] bytes() {
      int length = size();
      if (length < 0) {
        return null;
      }
      if (length > wire.length() - at) {
        throw RequestException.bad("the put ends too early");
      }
      at += length;
      return wire.getBytes(at - length, at);
    }
  }
}
