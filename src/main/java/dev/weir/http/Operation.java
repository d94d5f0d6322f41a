package dev.weir.http;

import dev.weir.protocol.Role;
import io.vertx.core.http.HttpMethod;

/** What can be asked of one queue at {@code /api/queues/{queue}/{place}}. */
enum Operation {
  PUT(HttpMethod.POST, "items", Role.PRODUCE, "put"),
  TAKE(HttpMethod.POST, "take", Role.CONSUME, "take"),
  ACK(HttpMethod.POST, "ack", Role.CONSUME, "ack"),
  NACK(HttpMethod.POST, "nack", Role.CONSUME, "nack"),
  EXTEND(HttpMethod.POST, "extend", Role.CONSUME, "extend"),
  PAUSE(HttpMethod.POST, "pause", Role.MANAGE, "pause"),
  RESUME(HttpMethod.POST, "resume", Role.MANAGE, "resume"),
  PURGE(HttpMethod.POST, "purge", Role.MANAGE, "purge"),
  KICK(HttpMethod.POST, "kick", Role.MANAGE, "kick"),
  CONFIGURE(HttpMethod.POST, "configure", Role.MANAGE, "configure"),
  CHECKPOINT(HttpMethod.POST, "checkpoint", Role.MANAGE, "checkpoint"),
  STATS(HttpMethod.GET, "stats", Role.MANAGE, "stats"),
  WAITING(HttpMethod.GET, "waiting", Role.MANAGE, "waiting"),
  PEEK(HttpMethod.GET, "items", Role.MANAGE, "peek"),
  AUDIT(HttpMethod.GET, "audit", Role.MANAGE, "audit");

  private static final Operation[] ALL = values();

  final HttpMethod method;
  final Role role;
  final String op;
  private final String place;

  Operation(HttpMethod method, String place, Role role, String op) {
    this.method = method;
    this.place = place;
    this.role = role;
    this.op = op;
  }

  /** What a method at a place asks for; null where there is nothing. */
  static Operation at(String place, HttpMethod method) {
    HttpMethod wanted = method == HttpMethod.HEAD ? HttpMethod.GET : method;
    for (Operation operation : ALL) {
      if (operation.place.equals(place) && operation.method == wanted) {
        return operation;
      }
    }
    return null;
  }

  /** The methods of a place, as {@code Allow} lists them; empty where there is no such place. */
  static String allowed(String place) {
    StringBuilder methods = new StringBuilder();
    for (Operation operation : ALL) {
      if (operation.place.equals(place)) {
        methods.append(methods.isEmpty() ? "" : ", ").append(operation.method.name());
      }
    }
    return methods.toString();
  }
}
