package dev.weir.protocol;

import dev.weir.core.Command;
import dev.weir.core.ItemState;
import dev.weir.core.Limit;
import dev.weir.core.Side;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;

/** Parses what operators ask of one queue. */
public final class ManageRequests {
  private static final List<String> SIDES = List.of("produce", "consume");
  private static final List<String> STATES = List.of("ready", "delayed", "leased", "dead", "held");
  private static final String OPS =
      "stats, waiting, peek, pause, resume, purge, kick, configure, audit, checkpoint";
  private static final int WAITING_MAX = 10_000;
  private static final int PEEK_MAX = 1000;
  private static final int PURGE_MAX = 10_000;

  private ManageRequests() {}

  /** Whether this asks for a snapshot, which is the journal's business, not the queue's. */
  public static boolean isCheckpoint(Object message) {
    return isOp(message, "checkpoint");
  }

  /** Whether this asks for the figures, which a queue gives even when it can do nothing else. */
  public static boolean isStats(Object message) {
    return isOp(message, "stats");
  }

  private static boolean isOp(Object message, String op) {
    return message instanceof JsonObject object && op.equals(object.getValue("op"));
  }

  /** Whether a request for the figures also asks that they be published from now on. */
  public static boolean isWatch(JsonObject message) {
    return Boolean.TRUE.equals(message.getValue("watch"));
  }

  /** Checks the fields of a request for a snapshot. */
  public static void checkCheckpoint(JsonObject message) {
    Fields fields = new Fields("", message);
    fields.has("op");
    fields.optionalName("by");
    fields.done();
  }

  static Command parse(String op, Fields fields) {
    String by = fields.optionalName("by");
    return switch (op) {
      case "stats" -> {
        fields.flag("watch", false);
        yield new Command.Stats();
      }
      case "waiting" ->
          new Command.Waiting(side(fields), (int) fields.number("max", 100, 1, WAITING_MAX));
      case "peek" ->
          new Command.Peek(
              state(fields, ItemState.READY),
              fields.number("fromId", 0, 0, Long.MAX_VALUE),
              (int) fields.number("max", 10, 1, PEEK_MAX));
      case "pause" -> new Command.Pause(side(fields), true, by);
      case "resume" -> new Command.Pause(side(fields), false, by);
      case "purge" ->
          new Command.Purge(
              state(fields, null),
              (int) fields.number("max", PURGE_MAX, 1, PURGE_MAX),
              fields.number("olderThanMs", 0, 0, Limit.MOST),
              by,
              0);
      case "kick" -> new Command.Kick(fields.number("id", 1, Long.MAX_VALUE), by);
      case "configure" -> configure(fields, by);
      case "audit" -> new Command.Audit((int) fields.number("max", 100, 1, Limit.MOST));
      case "redrive", "explain" ->
          throw RequestException.bad("op %s is reserved: it is not supported yet", op);
      default -> throw Requests.unknownOp(op, OPS);
    };
  }

  private static Side side(Fields fields) {
    String side = fields.word("side", SIDES);
    if (side == null) {
      throw RequestException.bad("side is missing: it must be produce or consume");
    }
    return Side.valueOf(side.toUpperCase(Locale.ROOT));
  }

  private static ItemState state(Fields fields, ItemState fallback) {
    String state = fields.word("state", STATES);
    if (state == null && fallback == null) {
      throw RequestException.bad("state is missing: it must be one of %s", STATES);
    }
    return state == null ? fallback : ItemState.valueOf(state.toUpperCase(Locale.ROOT));
  }

  private static Command configure(Fields fields, String by) {
    JsonObject settings = fields.object("settings");
    if (settings == null) {
      throw RequestException.bad("settings is missing");
    }
    SettingsJson.Changes changes = SettingsJson.changes("settings.", settings);
    if (changes.durability() != null) {
      throw RequestException.bad("settings.durability can not be changed");
    }
    return new Command.Configure(changes.limits(), changes.retryDelay(), by);
  }
}
