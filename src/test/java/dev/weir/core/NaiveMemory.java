package dev.weir.core;

import java.util.HashMap;
import java.util.Map;

/** What the naive queue knows of sessions and keys. */
final class NaiveMemory {
  private final NaiveQueue queue;
  private Map<String, NaiveQueue.Known> judgedBy = Map.of();

  NaiveMemory(NaiveQueue queue) {
    this.queue = queue;
  }

  NaiveQueue.Stream young(String session) {
    NaiveQueue.Stream known = queue.sessions.get(session);
    return known != null && queue.now - known.lastPut < queue.limit(Limit.DEDUPE_MS) ? known : null;
  }

  /** From here on keys are judged by what is known now and what is stored from now on. */
  void judgeKeys() {
    judgedBy = new HashMap<>(queue.keys);
  }

  NaiveQueue.Known youngKey(String key) {
    return young(queue.keys.get(key));
  }

  /** As {@link #youngKey}, though storing others since {@link #judgeKeys} pushed the key out. */
  NaiveQueue.Known judgedKey(String key) {
    return young(judgedBy.get(key));
  }

  private NaiveQueue.Known young(NaiveQueue.Known known) {
    return known != null && queue.now - known.at() < queue.limit(Limit.DEDUPE_MS) ? known : null;
  }

  boolean sessionsAreFull() {
    return queue.sessions.keySet().stream().filter(name -> young(name) != null).count()
        >= queue.limit(Limit.SESSIONS_MAX);
  }

  void remember(Command.Put put, int place, Command.PutItem item, long id) {
    if (put.session() != null) {
      NaiveQueue.Stream session = young(put.session());
      session = session == null ? new NaiveQueue.Stream() : session;
      queue.sessions.put(put.session(), session);
      session.lastPut = queue.now;
      session.ids.put(put.seq() + place, id);
      while (session.ids.size() > queue.limit(Limit.SESSION_WINDOW)) {
        session.floor = session.ids.pollFirstEntry().getKey();
      }
    }
    if (item.key() != null) {
      NaiveQueue.Known known = new NaiveQueue.Known(item.body().toString(), id, queue.now);
      judgedBy.put(item.key(), known);
      queue.keys.remove(item.key());
      queue.keys.put(item.key(), known);
      while (queue.keys.size() > queue.limit(Limit.DEDUPE_KEYS_MAX)) {
        queue.keys.remove(queue.keys.keySet().iterator().next());
      }
    }
  }
}
