package dev.weir.protocol;

import dev.weir.core.Command;
import dev.weir.core.Limit;

/** The rules of the contract for a put that did not come as JSON: the same as for one that did. */
final class PutRules {
  private PutRules() {}

  /**
   * The same put.
   *
   * @throws RequestException where it breaks the contract
   */
  static Command.Put checked(Command.Put put) {
    name("producer", put.producer());
    optionalName("session", put.session());
    number("waitMs", put.waitMs(), 0, Limit.MOST);
    if ((put.session() == null) != (put.seq() == -1)) {
      throw RequestException.bad("session and seq belong together: one of them is missing");
    }
    if (put.session() != null) {
      number("seq", put.seq(), 0, Fields.SEQ_MOST);
    }
    if (put.items().isEmpty()) {
      throw RequestException.bad("items must hold at least one item");
    }
    for (int place = 0; place < put.items().size(); place++) {
      Command.PutItem item = put.items().get(place);
      if (item.key() != null && !Fields.isName(item.key(), Fields.NAME_CHARS_MAX)) {
        throw Fields.notAName("items[" + place + "].key", Fields.NAME_CHARS_MAX);
      }
      if (item.delayMs() < 0 || item.delayMs() > Limit.MOST) {
        throw Fields.notANumber("items[" + place + "].delayMs", 0, Limit.MOST);
      }
    }
    return put;
  }

  private static void name(String name, String value) {
    if (value == null) {
      throw RequestException.bad("%s is missing", name);
    }
    optionalName(name, value);
  }

  private static void optionalName(String name, String value) {
    if (value != null && !Fields.isName(value, Fields.NAME_CHARS_MAX)) {
      throw Fields.notAName(name, Fields.NAME_CHARS_MAX);
    }
  }

  private static void number(String name, long value, long least, long most) {
    if (value < least || value > most) {
      throw Fields.notANumber(name, least, most);
    }
  }
}
