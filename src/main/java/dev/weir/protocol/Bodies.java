package dev.weir.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.weir.core.Body;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.Json;
import java.io.IOException;

/** A body is JSON outside and bytes inside. */
public final class Bodies {
  private static final JsonFactory FACTORY = new JsonFactory();

  private Bodies() {}

  /**
   * The bytes of a JSON value.
   *
   * @throws io.vertx.core.json.EncodeException where JSON can not say it
   */
  public static Body encode(Object value) {
    return new Body(Json.encodeToBuffer(value).getBytes());
  }

  /** Whether these are the bytes of one JSON value that {@link #decode} can read. */
  static boolean isJson(byte[] utf8) {
    try (JsonParser parser = FACTORY.createParser(utf8)) {
      if (parser.nextToken() == null) {
        return false;
      }
      int depth = 0;
      JsonToken token = parser.currentToken();
      do {
        parser.finishToken();
        depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
        token = parser.nextToken();
      } while (depth > 0 && token != null);
      return depth == 0 && token == null;
    } catch (IOException e) {
      return false;
    }
  }

  public static Object decode(Body body) {
    return Json.decodeValue(Buffer.buffer(body.utf8()));
  }
}
