package dev.weir.core;

import java.util.HashMap;
import java.util.Map;

/** What a put must not be, judged as a whole when it arrives: nothing of a refused one is done. */
final class PutCheck {
  private final Floor floor;
  private final WaitingKeys waiting;

  PutCheck(Floor floor, WaitingKeys waiting) {
    this.floor = floor;
    this.waiting = waiting;
  }

  /** Why this is refused, or null. */
  Reply.Refused check(Command.Put put, long nowMs) {
    Reply.Refused refused = sizes(put);
    if (refused == null && put.waitMs() > floor.limit(Limit.WAIT_MS_MAX)) {
      refused =
          refused(
              Refusal.BAD_REQUEST,
              "waitMs is %d: it must not be over waitMsMax, which is %d",
              put.waitMs(),
              floor.limit(Limit.WAIT_MS_MAX));
    }
    if (refused == null && put.session() != null) {
      refused = session(put, nowMs);
    }
    return refused == null ? keys(put, nowMs) : refused;
  }

  private Reply.Refused sizes(Command.Put put) {
    if (put.items().size() > floor.limit(Limit.BATCH_ITEMS_MAX)) {
      return tooLarge("items holds", put.items().size(), Limit.BATCH_ITEMS_MAX);
    }
    long bytes = 0;
    for (Command.PutItem item : put.items()) {
      if (item.body().sizeBytes() > floor.limit(Limit.ITEM_BYTES_MAX)) {
        return tooLarge("an item has", item.body().sizeBytes(), Limit.ITEM_BYTES_MAX);
      }
      bytes += item.body().sizeBytes();
    }
    return bytes > floor.limit(Limit.BATCH_BYTES_MAX)
        ? tooLarge("the bodies have", bytes, Limit.BATCH_BYTES_MAX)
        : null;
  }

  private Reply.Refused tooLarge(String what, long value, Limit limit) {
    String unit = limit == Limit.BATCH_ITEMS_MAX ? "" : " bytes";
    return refused(
        Refusal.TOO_LARGE,
        "%s %d%s, over %s, which is %d",
        what,
        value,
        unit,
        limit.word,
        floor.limit(limit));
  }

  private Reply.Refused session(Command.Put put, long nowMs) {
    if (lacksSession(floor, put.session(), nowMs)) {
      return tooManySessions(floor.limit(Limit.SESSIONS_MAX));
    }
    long dedupeMs = floor.limit(Limit.DEDUPE_MS);
    Session known = floor.state.sessions().find(put.session(), nowMs, dedupeMs);
    return known != null && known.idOf(put.seq()) == Session.TOO_OLD ? tooOld(put.seq()) : null;
  }

  /** Whether this session is unknown and there may be no more of them. */
  static boolean lacksSession(Floor floor, String session, long nowMs) {
    long dedupeMs = floor.limit(Limit.DEDUPE_MS);
    Sessions sessions = floor.state.sessions();
    return sessions.find(session, nowMs, dedupeMs) == null
        && sessions.isFull(nowMs, dedupeMs, floor.limit(Limit.SESSIONS_MAX));
  }

  private Reply.Refused keys(Command.Put put, long nowMs) {
    Map<String, Fingerprint> own = null;
    for (Command.PutItem item : put.items()) {
      if (item.key() == null) {
        continue;
      }
      own = own == null ? new HashMap<>() : own;
      Fingerprint fingerprint = item.body().fingerprint();
      Fingerprint other = own.putIfAbsent(item.key(), fingerprint);
      if (differs(fingerprint, other) || differs(fingerprint, known(item.key(), nowMs))) {
        return refused(Refusal.CONFLICT, "key %s came before with another body", item.key());
      }
    }
    return null;
  }

  private static boolean differs(Fingerprint one, Fingerprint other) {
    return other != null && !one.equals(other);
  }

  /** The body this key had, stored or in line. */
  private Fingerprint known(String key, long nowMs) {
    Keys.Key stored = floor.state.keys().find(key, nowMs, floor.limit(Limit.DEDUPE_MS));
    return stored != null ? stored.fingerprint() : waiting.find(key);
  }

  static Reply.Refused tooOld(long seq) {
    return refused(Refusal.TOO_OLD, "seq %d is older than what is remembered of its session", seq);
  }

  static Reply.Refused tooManySessions(long most) {
    return refused(
        Refusal.TOO_MANY_SESSIONS, "there are %d sessions, as many as sessionsMax allows", most);
  }

  private static Reply.Refused refused(Refusal why, String format, Object... values) {
    return new Reply.Refused(why, format.formatted(values));
  }
}
