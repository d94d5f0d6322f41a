package dev.weir.core;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * One side's line: first come, first served. A waiter's id is its place in the order of arrival.
 * Volatile: who waited asks again after a failure.
 */
final class WaitLine<W extends Waiter> {
  private final IdSet<W> order = new IdSet<>();
  private final Deadlines<W> untils = new Deadlines<>();
  private final NavigableMap<String, IdSet<W>> byFrom = new TreeMap<>();
  private final Map<Object, W> byResend = new HashMap<>();

  int size() {
    return order.size();
  }

  boolean isEmpty() {
    return order.isEmpty();
  }

  W first() {
    return order.first();
  }

  /** The first {@code max} in line. */
  List<W> first(int max) {
    return order.from(Long.MIN_VALUE, max);
  }

  long nextUntilMs() {
    return untils.nextAtMs();
  }

  W due(long nowMs) {
    return untils.due(nowMs);
  }

  /** The one that a request with this mark is a resend of, or null. */
  W resendOf(Object mark) {
    return mark == null ? null : byResend.get(mark);
  }

  void add(W waiter) {
    order.add(waiter);
    untils.add(waiter);
    if (waiter.resendMark() != null) {
      byResend.put(waiter.resendMark(), waiter);
    }
    if (waiter.caller().from() != null) {
      byFrom.computeIfAbsent(waiter.caller().from(), from -> new IdSet<>()).add(waiter);
    }
  }

  void remove(W waiter) {
    order.remove(waiter.id());
    untils.remove(waiter);
    if (waiter.resendMark() != null) {
      byResend.remove(waiter.resendMark(), waiter);
    }
    IdSet<W> own = waiter.caller().from() == null ? null : byFrom.get(waiter.caller().from());
    if (own != null) {
      own.remove(waiter.id());
      if (own.isEmpty()) {
        byFrom.remove(waiter.caller().from());
      }
    }
  }

  /** One that this caller, or a connection at its doors, waits with; null when there is none. */
  W anyFrom(String from) {
    List<IdSet<W>> own = Callers.under(byFrom, from);
    return own.isEmpty() ? null : own.get(0).first();
  }
}
