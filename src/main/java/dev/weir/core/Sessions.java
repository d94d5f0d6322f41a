package dev.weir.core;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * The sessions of a queue, the one that put longest ago first. One is kept {@code dedupeMs} after
 * its last put; older ones count as unknown and are dropped as others put.
 */
final class Sessions {

  /** Dropping is spread over the puts: no step pays for a thousand sessions that grew old. */
  private static final int DROPPED_AT_ONCE = 4;

  private final LinkedHashMap<String, Session> byName = new LinkedHashMap<>();

  /** The session if it is young enough, else null. */
  Session find(String name, long nowMs, long dedupeMs) {
    Session session = name == null ? null : byName.get(name);
    return session != null && isYoung(session, nowMs, dedupeMs) ? session : null;
  }

  private static boolean isYoung(Session session, long nowMs, long dedupeMs) {
    return nowMs - session.lastPutAtMs() < dedupeMs;
  }

  /** Whether there are as many young ones as there may be. */
  boolean isFull(long nowMs, long dedupeMs, long sessionsMax) {
    return byName.size() >= sessionsMax
        && isYoung(byName.values().iterator().next(), nowMs, dedupeMs);
  }

  /** The session of somebody who puts now, to remember the items in. */
  Session forPut(String name, long atMs, Settings settings) {
    long dedupeMs = settings.get(Limit.DEDUPE_MS);
    Session session = byName.remove(name);
    if (session == null || !isYoung(session, atMs, dedupeMs)) {
      session = new Session(name);
      dropOld(atMs, dedupeMs);
    } else if (session.shared) {
      session = session.copy();
    }
    byName.put(name, session);
    return session;
  }

  void restore(Session session) {
    byName.put(session.name(), session);
  }

  private void dropOld(long nowMs, long dedupeMs) {
    Iterator<Session> oldest = byName.values().iterator();
    for (int dropped = 0; dropped < DROPPED_AT_ONCE && oldest.hasNext(); dropped++) {
      if (isYoung(oldest.next(), nowMs, dedupeMs)) {
        return;
      }
      oldest.remove();
    }
  }

  List<Session> freeze() {
    List<Session> all = new ArrayList<>(byName.values());
    all.forEach(session -> session.shared = true);
    return all;
  }
}
