package dev.weir.protocol;

import dev.weir.core.Command;
import dev.weir.core.LeaseRef;
import dev.weir.core.Limit;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** Parses requests of producers and consumers into commands; {@link ManageRequests} the others. */
public final class Requests {
  private static final int REASON_CHARS_MAX = 1024;

  private Requests() {}

  /**
   * The command in a message to one of the addresses of a queue: a JSON object, or a put that
   * travelled by {@link PutCodec}.
   *
   * @throws RequestException where it breaks the contract
   */
  public static Command parse(Role role, Object message) {
    if (role == Role.PRODUCE && message instanceof Command.Put put) {
      return PutRules.checked(put);
    }
    if (!(message instanceof JsonObject object)) {
      throw RequestException.bad("a request is one JSON object");
    }
    Fields fields = new Fields("", object);
    String op = fields.name("op");
    Command command =
        switch (role) {
          case PRODUCE -> produce(op, fields);
          case CONSUME -> consume(op, fields);
          case MANAGE -> ManageRequests.parse(op, fields);
        };
    fields.done();
    return command;
  }

  static RequestException unknownOp(String op, String known) {
    return RequestException.bad("op is %s: here it must be one of %s", op, known);
  }

  private static Command produce(String op, Fields fields) {
    if (!op.equals("put")) {
      throw unknownOp(op, "put");
    }
    String producer = fields.name("producer");
    long waitMs = fields.number("waitMs", 0, 0, Limit.MOST);
    String session = fields.optionalName("session");
    boolean numbered = fields.has("seq");
    if (numbered != (session != null)) {
      throw RequestException.bad("session and seq belong together: one of them is missing");
    }
    long seq = fields.number("seq", -1, 0, Fields.SEQ_MOST);
    return new Command.Put(producer, waitMs, session, seq, items(fields));
  }

  private static List<Command.PutItem> items(Fields fields) {
    if (!fields.has("items")) {
      return List.of(item(fields));
    }
    if (fields.has("body")) {
      throw RequestException.bad("items and body exclude each other");
    }
    List<JsonObject> objects = fields.objects("items");
    if (objects.isEmpty()) {
      throw RequestException.bad("items must hold at least one item");
    }
    List<Command.PutItem> items = new ArrayList<>(objects.size());
    for (JsonObject object : objects) {
      Fields own = new Fields("items[" + items.size() + "].", object);
      items.add(item(own));
      own.done();
    }
    return items;
  }

  private static Command.PutItem item(Fields fields) {
    Object body = fields.any("body");
    String key = fields.optionalName("key");
    long delayMs = fields.number("delayMs", 0, 0, Limit.MOST);
    fields.notYet("ttlMs", "priority", "group");
    return new Command.PutItem(Bodies.encode(body), key, delayMs);
  }

  private static Command consume(String op, Fields fields) {
    return switch (op) {
      case "take" -> take(fields);
      case "ack" -> new Command.Ack(fields.name("consumer"), leases(fields, "leases"));
      case "nack" ->
          new Command.Nack(
              fields.name("consumer"),
              leases(fields, "leases"),
              fields.number("delayMs", -1, 0, Limit.MOST),
              fields.name("reason", REASON_CHARS_MAX),
              fields.flag("bury", false));
      case "extend" ->
          new Command.Extend(
              fields.name("consumer"),
              leases(fields, "leases"),
              fields.number("leaseMs", -1, 1, Limit.MOST));
      default -> throw unknownOp(op, "take, ack, nack, extend");
    };
  }

  private static Command take(Fields fields) {
    return new Command.Take(
        fields.name("consumer"),
        (int) fields.number("max", 1, 1, Limit.MOST),
        fields.number("waitMs", 0, 0, Limit.MOST),
        fields.number("leaseMs", -1, 1, Limit.MOST),
        fields.optionalName("ticket"),
        fields.has("ack") ? leases(fields, "ack") : List.of(),
        fields.flag("autoAck", false));
  }

  private static List<LeaseRef> leases(Fields fields, String name) {
    if (!fields.has(name)) {
      throw RequestException.bad("%s is missing", name);
    }
    List<JsonObject> objects = fields.objects(name);
    if (objects.isEmpty()) {
      throw RequestException.bad("%s must name at least one lease", name);
    }
    List<LeaseRef> leases = new ArrayList<>(objects.size());
    for (JsonObject object : objects) {
      Fields own = new Fields(name + "[" + leases.size() + "].", object);
      leases.add(
          new LeaseRef(
              own.number("id", 1, Long.MAX_VALUE), own.number("fence", 0, Long.MAX_VALUE)));
      own.done();
    }
    return leases;
  }
}
