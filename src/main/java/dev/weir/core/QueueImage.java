package dev.weir.core;

import java.util.Iterator;
import java.util.List;

/**
 * All that survives of a queue, at one moment: what a snapshot holds. May be read on another thread
 * while the queue moves on.
 *
 * @param waiting the items that may be taken, now or when their delay is over
 * @param acks fence and id by turns, the oldest ack first
 */
public record QueueImage(
    Settings settings,
    long nextId,
    long lastAtMs,
    boolean producePaused,
    boolean consumePaused,
    Iterable<Item> waiting,
    Iterable<Item> dead,
    Iterable<Item> held,
    Iterable<Lease> leases,
    List<Session> sessions,
    List<Keys.Key> keys,
    long[] acks,
    List<Event.Audited> audit) {

  static <T> Iterable<T> joined(List<? extends Iterable<T>> parts) {
    return () ->
        new Iterator<T>() {
          private final Iterator<? extends Iterable<T>> rest = parts.iterator();
          private Iterator<T> part = List.<T>of().iterator();

          @Override
          public boolean hasNext() {
            while (!part.hasNext() && rest.hasNext()) {
              part = rest.next().iterator();
            }
            return part.hasNext();
          }

          @Override
          public T next() {
            hasNext();
            return part.next();
          }
        };
  }
}
