package dev.weir.sim;

import dev.weir.core.Item;
import dev.weir.core.Lease;
import dev.weir.core.QueueImage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All that clients were told, and what follows from it. An item's body names its producer and its
 * number, so that each can be followed through every crash.
 */
final class History {
  private final Set<String> put = new HashSet<>();
  private final Map<String, Long> ids = new HashMap<>();
  private final Map<Long, String> bodies = new HashMap<>();
  private final Set<String> ackSent = new HashSet<>();
  private final Set<String> ackDone = new HashSet<>();
  private final Set<Long> fences = new HashSet<>();
  private long fenceBeforeCrash;
  private long fenceMost;
  private int deliveries;

  private static void check(boolean right, String format, Object... values) {
    if (!right) {
      throw new AssertionError(format.formatted(values));
    }
  }

  void isPut(String body) {
    put.add(body);
  }

  /** A producer was told that its item is in. */
  void stored(String body, long id) {
    Long known = ids.putIfAbsent(body, id);
    check(known == null || known == id, "%s is stored as %s and as %d", body, known, id);
    sameBody(id, body);
  }

  private void sameBody(long id, String body) {
    String other = bodies.putIfAbsent(id, body);
    check(other == null || other.equals(body), "id %d is %s and %s", id, other, body);
  }

  /** A consumer was handed an item. */
  void delivered(Lease lease) {
    String body = lease.item().body().toString();
    deliveries++;
    check(put.contains(body), "unexpected: %s was handed out and never put", body);
    check(!ackDone.contains(body), "duplicated: %s was handed out after its ack was done", body);
    check(fences.add(lease.fence()), "fence %d was used twice", lease.fence());
    check(
        lease.fence() > fenceBeforeCrash,
        "fence %d is not above %d, which was given before the crash",
        lease.fence(),
        fenceBeforeCrash);
    fenceMost = Math.max(fenceMost, lease.fence());
    sameBody(lease.item().id(), body);
  }

  void ackSent(String body) {
    ackSent.add(body);
  }

  void ackDone(String body) {
    ackDone.add(body);
  }

  void crashed() {
    fenceBeforeCrash = fenceMost;
  }

  /** What a node holds after it came back, against what was said before. */
  void recovered(QueueImage image, long capacity) {
    List<Item> items = new ArrayList<>();
    image.waiting().forEach(items::add);
    image.held().forEach(items::add);
    image.leases().forEach(lease -> items.add(lease.item()));
    check(items.size() <= capacity, "over bound: %d items of %d", items.size(), capacity);
    image.dead().forEach(items::add);
    Set<String> there = new HashSet<>();
    for (Item item : items) {
      String body = item.body().toString();
      check(there.add(body), "stored twice: %s", body);
      check(put.contains(body), "unexpected: %s is there and was never put", body);
      check(!ackDone.contains(body), "came back: %s is there after its ack was done", body);
      sameBody(item.id(), body);
    }
    for (String body : ids.keySet()) {
      check(there.contains(body) || ackSent.contains(body), "lost: %s", body);
    }
    inOrder();
  }

  /** The items of one producer have rising ids. */
  private void inOrder() {
    Map<String, List<String>> byProducer = new HashMap<>();
    for (String body : ids.keySet()) {
      byProducer.computeIfAbsent(producer(body), name -> new ArrayList<>()).add(body);
    }
    for (List<String> bodies : byProducer.values()) {
      bodies.sort((a, b) -> Long.compare(number(a), number(b)));
      for (int i = 1; i < bodies.size(); i++) {
        check(
            ids.get(bodies.get(i - 1)) < ids.get(bodies.get(i)),
            "out of order: %s before %s",
            bodies.get(i),
            bodies.get(i - 1));
      }
    }
  }

  private static String producer(String body) {
    return body.substring(0, body.indexOf('/'));
  }

  private static long number(String body) {
    return Long.parseLong(body.substring(body.indexOf('/') + 1, body.indexOf(' ')));
  }

  /** Everything was drained: what was stored was done, but for the dead and the held. */
  void drained(QueueImage image) {
    Set<String> dead = new HashSet<>();
    image.dead().forEach(item -> dead.add(item.body().toString()));
    image.held().forEach(item -> dead.add(item.body().toString()));
    for (String body : ids.keySet()) {
      check(ackDone.contains(body) || dead.contains(body), "lost in the end: %s", body);
    }
  }

  int storedCount() {
    return ids.size();
  }

  int deliveryCount() {
    return deliveries;
  }
}
