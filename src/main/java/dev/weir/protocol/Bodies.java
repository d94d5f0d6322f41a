package dev.weir.protocol;

import dev.weir.core.Body;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;

/** A body is JSON outside and bytes inside. */
public final class Bodies {
  private Bodies() {}

  public static Body encode(Object value) {
    return new Body(Json.encodeToBuffer(value).getBytes());
  }

  /** A body from the bytes of one JSON value; they stay as they are. */
  static Body raw(JsonObject holder, String name) {
    try {
      Buffer bytes = holder.getValue(name) == null ? Buffer.buffer() : holder.getBuffer(name);
      Json.decodeValue(bytes);
      return new Body(bytes.getBytes());
    } catch (DecodeException | ClassCastException | IllegalArgumentException e) {
      throw RequestException.bad("%s must be the bytes of one JSON value", name);
    }
  }

  public static Object decode(Body body) {
    return Json.decodeValue(Buffer.buffer(body.utf8()));
  }
}
