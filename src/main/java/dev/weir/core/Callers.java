package dev.weir.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;

/** Callers name themselves by node, or by node and connection: {@code node/door-17}. */
final class Callers {
  private Callers() {}

  /** What belongs to this caller and, where it is a node, to the connections at its doors. */
  static <V> List<V> under(NavigableMap<String, V> byFrom, String from) {
    List<V> found = new ArrayList<>();
    for (Map.Entry<String, V> entry : byFrom.tailMap(from, true).entrySet()) {
      String who = entry.getKey();
      if (!who.startsWith(from)) {
        break;
      }
      if (who.length() == from.length() || who.charAt(from.length()) == '/') {
        found.add(entry.getValue());
      }
    }
    return found;
  }
}
