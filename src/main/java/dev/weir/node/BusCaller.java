package dev.weir.node;

import dev.weir.core.Caller;
import dev.weir.protocol.Addresses;
import dev.weir.protocol.Code;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;

/** Somebody who sent a message and waits for its reply; its headers are read once. */
final class BusCaller implements Caller {
  private final Message<Object> message;
  private final String from;
  private final boolean rawBodies;

  BusCaller(Message<Object> message) {
    this.message = message;
    this.from = message.headers().get(Addresses.FROM_HEADER);
    this.rawBodies = Addresses.RAW.equals(message.headers().get(Addresses.BODIES_HEADER));
  }

  @Override
  public String from() {
    return from;
  }

  /** Whether bodies are bytes on the way in and out. */
  boolean wantsRawBodies() {
    return rawBodies;
  }

  void reply(JsonObject answer) {
    message.reply(answer);
  }

  void fail(Code code, String sentence) {
    message.fail(code.number, code.text(sentence));
  }
}
