package dev.weir.core;

import java.util.HashMap;
import java.util.Map;

/** The keys of items that wait in the producers' line, with what their bodies look like. */
final class WaitingKeys {
  private final Map<String, Held> byName = new HashMap<>();

  private static final class Held {
    final Fingerprint fingerprint;
    int holders;

    Held(Fingerprint fingerprint) {
      this.fingerprint = fingerprint;
    }
  }

  Fingerprint find(String key) {
    Held held = byName.get(key);
    return held == null ? null : held.fingerprint;
  }

  void hold(Command.Put put) {
    for (Command.PutItem item : put.items()) {
      if (item.key() != null) {
        byName.computeIfAbsent(item.key(), key -> new Held(item.body().fingerprint())).holders++;
      }
    }
  }

  void letGo(Command.Put put) {
    for (Command.PutItem item : put.items()) {
      if (item.key() != null) {
        Held held = byName.get(item.key());
        if (--held.holders == 0) {
          byName.remove(item.key());
        }
      }
    }
  }
}
