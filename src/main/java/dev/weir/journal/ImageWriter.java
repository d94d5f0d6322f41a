package dev.weir.journal;

import dev.weir.core.Event;
import dev.weir.core.Item;
import dev.weir.core.Keys;
import dev.weir.core.Lease;
import dev.weir.core.QueueImage;
import dev.weir.core.Session;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/**
 * Writes frozen queues as a row of small records, in chunks of about 128 KiB: of each queue its
 * settings first, then one record an item, lease, session, key, run of acks and audit entry.
 */
public final class ImageWriter implements Iterator<Buffer> {

  /** Small enough that the garbage collector does not take a chunk for something huge. */
  static final int CHUNK_BYTES = 128 << 10;

  static final int ACKS_A_RECORD = 1000;

  /** What a record of a snapshot is about; the code is on the disk. */
  enum Tag {
    QUEUE,
    WAITING,
    DEAD,
    HELD,
    LEASE,
    SESSION,
    KEY,
    ACKS,
    AUDIT
  }

  private final Iterator<Runnable> records;
  private final ByteWriter out = new ByteWriter();

  /** The images by the number of their queue. */
  public ImageWriter(Map<Integer, QueueImage> images) {
    Iterator<Map.Entry<Integer, QueueImage>> queues = List.copyOf(images.entrySet()).iterator();
    this.records =
        new Iterator<>() {
          private Iterator<Runnable> queue = List.<Runnable>of().iterator();

          @Override
          public boolean hasNext() {
            while (!queue.hasNext() && queues.hasNext()) {
              Map.Entry<Integer, QueueImage> next = queues.next();
              queue = records(next.getKey(), next.getValue());
            }
            return queue.hasNext();
          }

          @Override
          public Runnable next() {
            if (!hasNext()) {
              throw new NoSuchElementException();
            }
            return queue.next();
          }
        };
  }

  @Override
  public boolean hasNext() {
    return records.hasNext();
  }

  @Override
  public Buffer next() {
    while (records.hasNext() && out.size() < CHUNK_BYTES) {
      records.next().run();
    }
    return out.take();
  }

  private Iterator<Runnable> records(int queue, QueueImage image) {
    List<Iterator<Runnable>> parts = new ArrayList<>();
    parts.add(List.<Runnable>of(() -> head(queue, image)).iterator());
    parts.add(each(image.waiting(), item -> item(Tag.WAITING, queue, item)));
    parts.add(each(image.dead(), item -> item(Tag.DEAD, queue, item)));
    parts.add(each(image.held(), item -> item(Tag.HELD, queue, item)));
    parts.add(each(image.leases(), lease -> lease(queue, lease)));
    parts.add(each(image.sessions(), session -> session(queue, session)));
    parts.add(each(image.keys(), key -> key(queue, key)));
    parts.add(each(ackRuns(image.acks()), from -> acks(queue, image.acks(), from)));
    parts.add(each(image.audit(), entry -> audit(queue, entry)));
    Iterator<Iterator<Runnable>> rest = parts.iterator();
    return new Iterator<>() {
      private Iterator<Runnable> part = rest.next();

      @Override
      public boolean hasNext() {
        while (!part.hasNext() && rest.hasNext()) {
          part = rest.next();
        }
        return part.hasNext();
      }

      @Override
      public Runnable next() {
        hasNext();
        return part.next();
      }
    };
  }

  private static <T> Iterator<Runnable> each(
      Iterable<T> things, java.util.function.Consumer<T> writer) {
    Iterator<T> all = things.iterator();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return all.hasNext();
      }

      @Override
      public Runnable next() {
        T thing = all.next();
        return () -> writer.accept(thing);
      }
    };
  }

  private static List<Integer> ackRuns(long[] acks) {
    List<Integer> starts = new ArrayList<>();
    for (int from = 0; from < acks.length; from += 2 * ACKS_A_RECORD) {
      starts.add(from);
    }
    return starts;
  }

  private ByteWriter tag(Tag tag, int queue) {
    return out.number(tag.ordinal()).number(queue);
  }

  private void head(int queue, QueueImage image) {
    tag(Tag.QUEUE, queue).number(image.nextId()).number(image.lastAtMs());
    out.flag(image.producePaused()).flag(image.consumePaused());
    SettingsCodec.write(image.settings(), out);
  }

  private void item(Tag tag, int queue, Item item) {
    tag(tag, queue);
    item(item);
  }

  private void item(Item item) {
    out.number(item.id()).number(item.putAtMs()).number(item.dueAtMs()).number(item.attempt());
    out.text(item.producer()).text(item.key()).raw(item.body().utf8());
    out.number(item.reasons().size());
    item.reasons().forEach(out::text);
  }

  private void lease(int queue, Lease lease) {
    tag(Tag.LEASE, queue).number(lease.fence()).number(lease.endsAtMs());
    out.text(lease.consumer()).text(lease.from());
    item(lease.item());
  }

  private void session(int queue, Session session) {
    tag(Tag.SESSION, queue).text(session.name()).number(session.lastPutAtMs());
    out.number(session.floorSeq() + 1).number(session.runs());
    session.eachRun((seq, id, count) -> out.number(seq).number(id).number(count));
  }

  private void key(int queue, Keys.Key key) {
    tag(Tag.KEY, queue).text(key.key()).number(key.id()).number(key.atMs());
    out.fixed(key.fingerprint().high()).fixed(key.fingerprint().low());
  }

  private void acks(int queue, long[] acks, int from) {
    int to = Math.min(acks.length, from + 2 * ACKS_A_RECORD);
    tag(Tag.ACKS, queue).number((to - from) / 2);
    for (int i = from; i < to; i++) {
      out.number(acks[i]);
    }
  }

  private void audit(int queue, Event.Audited entry) {
    tag(Tag.AUDIT, queue).number(entry.atMs()).text(entry.op()).text(entry.by());
    out.text(entry.from()).text(entry.detail()).number(entry.count());
  }
}
