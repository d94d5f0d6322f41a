package dev.weir.relay;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.util.Map;

/**
 * What a client sent.
 *
 * @param address null for {@link Type#PING} alone
 * @param replyAddress what the client calls the answer, never an address of the bus; or null
 * @param json the whole of it, for what only some frames have
 */
public record Frame(Type type, String address, String replyAddress, Object body, JsonObject json) {

  /** The kinds of frames that clients send. */
  public enum Type {
    SEND("send"),
    PUBLISH("publish"),
    REGISTER("register"),
    UNREGISTER("unregister"),
    PING("ping");

    private static final Map<String, Type> BY_WORD =
        Map.of(
            "send",
            SEND,
            "publish",
            PUBLISH,
            "register",
            REGISTER,
            "unregister",
            UNREGISTER,
            "ping",
            PING);

    final String word;

    Type(String word) {
      this.word = word;
    }
  }

  /**
   * Reads one.
   *
   * @throws BadFrame where it is none
   */
  public static Frame parse(Buffer bytes) {
    JsonObject json = object(bytes);
    Type type = json.getValue("type") instanceof String word ? Type.BY_WORD.get(word) : null;
    if (type == null) {
      throw BadFrame.UNKNOWN_TYPE;
    }
    if (type == Type.PING) {
      return new Frame(type, null, null, null, json);
    }
    if (!(json.getValue("address") instanceof String address) || address.isEmpty()) {
      throw BadFrame.ADDRESS_REQUIRED;
    }
    Object replyAddress = json.getValue("replyAddress");
    Object headers = json.getValue("headers");
    Object body = json.getValue("body");
    if (replyAddress != null && !(replyAddress instanceof String)
        || headers != null && !(headers instanceof JsonObject)
        || body instanceof BigInteger) {
      throw BadFrame.INVALID;
    }
    return new Frame(type, address, (String) replyAddress, body, json);
  }

  private static JsonObject object(Buffer bytes) {
    Object value;
    try {
      value = Json.decodeValue(bytes);
    } catch (DecodeException e) {
      throw BadFrame.INVALID_JSON;
    }
    if (value instanceof JsonObject json) {
      return json;
    }
    throw BadFrame.INVALID;
  }

  Frame withoutReplyAddress() {
    return new Frame(type, address, null, body, json);
  }

  JsonObject headers() {
    return json.getJsonObject("headers");
  }
}
