package dev.weir.core;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * The keys that applications gave their items, the oldest first: each kept {@code dedupeMs}, and at
 * most {@code dedupeKeysMax} of them.
 */
public final class Keys {

  /** As with sessions: forgetting is spread over the puts. */
  private static final int DROPPED_AT_ONCE = 4;

  /** One key with the item it was first stored with. */
  public record Key(String key, long id, long atMs, Fingerprint fingerprint) {}

  private final LinkedHashMap<String, Key> byName = new LinkedHashMap<>();

  Keys() {}

  /** The key if it is young enough, else null. */
  Key find(String name, long nowMs, long dedupeMs) {
    Key key = name == null ? null : byName.get(name);
    return key != null && nowMs - key.atMs() < dedupeMs ? key : null;
  }

  void remember(Key key, Settings settings) {
    byName.remove(key.key());
    byName.put(key.key(), key);
    Iterator<Key> oldest = byName.values().iterator();
    for (int dropped = 0; dropped < DROPPED_AT_ONCE && oldest.hasNext(); dropped++) {
      boolean young = key.atMs() - oldest.next().atMs() < settings.get(Limit.DEDUPE_MS);
      if (young && byName.size() <= settings.get(Limit.DEDUPE_KEYS_MAX)) {
        return;
      }
      oldest.remove();
    }
  }

  void restore(Key key) {
    byName.put(key.key(), key);
  }

  List<Key> freeze() {
    return new ArrayList<>(byName.values());
  }
}
