package dev.weir.protocol;

import dev.weir.core.Body;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.Json;

/** A body is JSON outside and bytes inside. */
public final class Bodies {
  private Bodies() {}

  public static Body encode(Object value) {
    return new Body(Json.encodeToBuffer(value).getBytes());
  }

  public static Object decode(Body body) {
    return Json.decodeValue(Buffer.buffer(body.utf8()));
  }
}
