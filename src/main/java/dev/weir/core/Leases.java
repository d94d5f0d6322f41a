package dev.weir.core;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The live leases of a queue: by item, by when they end, and by who holds them. */
final class Leases {
  private final IdSet<Lease> byItem = new IdSet<>();
  private final Deadlines<Lease> ends = new Deadlines<>();
  private final NavigableMap<String, IdSet<Lease>> byFrom = new TreeMap<>();

  int size() {
    return byItem.size();
  }

  Lease get(long id) {
    return byItem.get(id);
  }

  Lease due(long nowMs) {
    return ends.due(nowMs);
  }

  long nextEndMs() {
    return ends.nextAtMs();
  }

  IdSet<Lease> all() {
    return byItem;
  }

  void add(Lease lease) {
    byItem.add(lease);
    ends.add(lease);
    if (lease.from() != null) {
      byFrom.computeIfAbsent(lease.from(), from -> new IdSet<>()).add(lease);
    }
  }

  Lease remove(long id) {
    Lease lease = byItem.remove(id);
    if (lease != null) {
      ends.remove(lease);
      forgetHolder(lease);
    }
    return lease;
  }

  private void forgetHolder(Lease lease) {
    IdSet<Lease> held = lease.from() == null ? null : byFrom.get(lease.from());
    if (held != null) {
      held.remove(lease.id());
      if (held.isEmpty()) {
        byFrom.remove(lease.from());
      }
    }
  }

  /** Up to {@code max} leases of this caller, and of the connections at its doors. */
  List<Lease> heldBy(String from, int max) {
    List<Lease> found = new ArrayList<>();
    for (IdSet<Lease> held : Callers.under(byFrom, from)) {
      found.addAll(held.from(0, max - found.size()));
      if (found.size() == max) {
        break;
      }
    }
    return found;
  }
}
