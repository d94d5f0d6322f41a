package dev.weir.it;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Holds what clients were told against what a queue promises, and counts what is wrong. An item is
 * known by its text, {@code producer/number}.
 */
final class Checker {
  private static final int EPOCH_SHIFT = 22;
  private static final int SAMPLES_MAX = 20;

  /** What can be wrong. */
  enum Wrong {
    LOST,
    DUPLICATED_AFTER_ACK,
    UNEXPECTED,
    OUT_OF_ORDER,
    OVER_BOUND
  }

  private final Map<Wrong, Integer> counts = new EnumMap<>(Wrong.class);
  private final List<String> samples = new ArrayList<>();
  private final Set<String> put = new HashSet<>();
  private final Map<String, Long> ids = new HashMap<>();
  private final Map<Long, String> texts = new HashMap<>();
  private final Set<String> done = new HashSet<>();
  private final Map<Long, Long> lastIdInEpoch = new HashMap<>();
  private final Map<Long, Long> lastFenceInEpoch = new HashMap<>();
  private final Map<String, long[]> lastStored = new HashMap<>();
  private long lastEpoch;
  private int deliveries;

  private void wrong(Wrong what, String format, Object... values) {
    counts.merge(what, 1, Integer::sum);
    if (samples.size() < SAMPLES_MAX) {
      samples.add(what + ": " + format.formatted(values));
    }
  }

  /** A producer begins to ask for this item. */
  void isPut(String text) {
    put.add(text);
  }

  /** A producer was told that it is in; told in the order of the numbers of each producer. */
  void stored(String producer, long number, long id) {
    String text = producer + "/" + number;
    Long before = ids.putIfAbsent(text, id);
    if (before != null && before != id) {
      wrong(Wrong.UNEXPECTED, "%s is stored as %d and as %d", text, before, id);
    }
    sameText(id, text);
    long[] last = lastStored.computeIfAbsent(producer, name -> new long[] {-1, -1});
    if (number > last[0] && id <= last[1]) {
      wrong(Wrong.OUT_OF_ORDER, "%s has id %d, the one before it %d", text, id, last[1]);
    }
    if (number > last[0]) {
      last[0] = number;
      last[1] = id;
    }
  }

  private void sameText(long id, String text) {
    String before = texts.putIfAbsent(id, text);
    if (before != null && !before.equals(text)) {
      wrong(Wrong.UNEXPECTED, "id %d is %s and %s", id, before, text);
    }
  }

  /** A consumer was handed an item; told in the order in which the queue answered. */
  void delivered(String text, long id, long fence, int attempt) {
    deliveries++;
    if (!put.contains(text)) {
      wrong(Wrong.UNEXPECTED, "%s was handed out and never put", text);
    }
    if (done.contains(text)) {
      wrong(Wrong.DUPLICATED_AFTER_ACK, "%s with fence %d", text, fence);
    }
    sameText(id, text);
    long epoch = fence >> EPOCH_SHIFT;
    if (epoch < lastEpoch) {
      wrong(Wrong.OUT_OF_ORDER, "fence %d is of epoch %d after %d", fence, epoch, lastEpoch);
    }
    lastEpoch = Math.max(lastEpoch, epoch);
    Long lastFence = lastFenceInEpoch.put(epoch, fence);
    if (lastFence != null && fence <= lastFence) {
      wrong(Wrong.OUT_OF_ORDER, "fence %d after %d", fence, lastFence);
    }
    if (attempt == 1) {
      Long lastId = lastIdInEpoch.put(epoch, id);
      if (lastId != null && id <= lastId) {
        wrong(Wrong.OUT_OF_ORDER, "item %d was handed out after %d", id, lastId);
      }
    }
  }

  /** A consumer was told that its ack is done. */
  void acked(String text) {
    done.add(text);
  }

  void counted(long items, long capacity) {
    if (items > capacity) {
      wrong(Wrong.OVER_BOUND, "%d items, capacity is %d", items, capacity);
    }
  }

  /** The queue is empty and everybody was answered. */
  void drained() {
    for (String text : ids.keySet()) {
      if (!done.contains(text)) {
        wrong(Wrong.LOST, "%s, stored as %d", text, ids.get(text));
      }
    }
  }

  int count(Wrong what) {
    return counts.getOrDefault(what, 0);
  }

  int doneCount() {
    return done.size();
  }

  /** All that is wrong, empty where nothing is. */
  List<String> findings() {
    List<String> all = new ArrayList<>();
    counts.forEach((what, count) -> all.add(what + " " + count));
    all.addAll(samples);
    return all;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append(ids.size()).append(" items stored, ").append(deliveries).append(" handed out, ");
    text.append(done.size()).append(" acked");
    for (Wrong what : Wrong.values()) {
      text.append("; ").append(what).append(' ').append(count(what));
    }
    return text.toString();
  }
}
