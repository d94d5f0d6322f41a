package dev.weir.node;

import dev.weir.core.Caller;
import dev.weir.protocol.Addresses;
import dev.weir.protocol.Code;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;

/** Somebody who sent a message and waits for its reply. */
record BusCaller(Message<Object> message) implements Caller {

  @Override
  public String from() {
    return message.headers().get(Addresses.FROM_HEADER);
  }

  /** Whether bodies are bytes on the way in and out. */
  boolean wantsRawBodies() {
    return Addresses.RAW.equals(message.headers().get(Addresses.BODIES_HEADER));
  }

  void reply(JsonObject answer) {
    message.reply(answer);
  }

  void fail(Code code, String sentence) {
    message.fail(code.number, code.text(sentence));
  }
}
