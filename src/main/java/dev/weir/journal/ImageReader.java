package dev.weir.journal;

import dev.weir.core.Body;
import dev.weir.core.Event;
import dev.weir.core.Fingerprint;
import dev.weir.core.Item;
import dev.weir.core.Keys;
import dev.weir.core.Lease;
import dev.weir.core.QueueImage;
import dev.weir.core.Session;
import dev.weir.core.Settings;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;

/** Reads the chunks that {@link ImageWriter} wrote. */
public final class ImageReader {
  private static final ImageWriter.Tag[] TAGS = ImageWriter.Tag.values();

  private final Map<Integer, Parts> queues = new TreeMap<>();
  private ByteReader in;

  /** What has been read of one queue. */
  private static final class Parts {
    Settings settings;
    long nextId;
    long lastAtMs;
    boolean producePaused;
    boolean consumePaused;
    final List<Item> waiting = new ArrayList<>();
    final List<Item> dead = new ArrayList<>();
    final List<Item> held = new ArrayList<>();
    final List<Lease> leases = new ArrayList<>();
    final List<Session> sessions = new ArrayList<>();
    final List<Keys.Key> keys = new ArrayList<>();
    final LongStream.Builder acks = LongStream.builder();
    final List<Event.Audited> audit = new ArrayList<>();

    QueueImage image() {
      return new QueueImage(
          settings,
          nextId,
          lastAtMs,
          producePaused,
          consumePaused,
          waiting,
          dead,
          held,
          leases,
          sessions,
          keys,
          acks.build().toArray(),
          audit);
    }
  }

  /** Takes in one more chunk. */
  public void chunk(Buffer chunk) {
    in = new ByteReader(chunk);
    while (in.hasMore()) {
      int tag = in.count();
      int queue = in.count();
      if (tag >= TAGS.length || TAGS[tag] != ImageWriter.Tag.QUEUE && !queues.containsKey(queue)) {
        throw new JournalDamagedException("a snapshot has a record of kind " + tag + " too early");
      }
      read(TAGS[tag], queues.computeIfAbsent(queue, number -> new Parts()));
    }
  }

  /** The images by the number of their queue. */
  public Map<Integer, QueueImage> images() {
    Map<Integer, QueueImage> images = new TreeMap<>();
    queues.forEach((queue, parts) -> images.put(queue, parts.image()));
    return images;
  }

  private void read(ImageWriter.Tag tag, Parts parts) {
    switch (tag) {
      case QUEUE -> head(parts);
      case WAITING -> parts.waiting.add(item());
      case DEAD -> parts.dead.add(item());
      case HELD -> parts.held.add(item());
      case LEASE -> parts.leases.add(lease());
      case SESSION -> parts.sessions.add(session());
      case KEY ->
          parts.keys.add(
              new Keys.Key(
                  in.text(), in.number(), in.number(), new Fingerprint(in.fixed(), in.fixed())));
      case ACKS -> acks(parts);
      case AUDIT ->
          parts.audit.add(
              new Event.Audited(
                  in.number(), in.text(), in.text(), in.text(), in.text(), in.number()));
    }
  }

  private void head(Parts parts) {
    parts.nextId = in.number();
    parts.lastAtMs = in.number();
    parts.producePaused = in.flag();
    parts.consumePaused = in.flag();
    parts.settings = SettingsCodec.read(in);
  }

  private Item item() {
    long id = in.number();
    long putAtMs = in.number();
    long dueAtMs = in.number();
    int attempt = in.count();
    String producer = in.text();
    String key = in.text();
    Body body = new Body(in.raw());
    int count = in.count();
    List<String> reasons = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      reasons.add(in.text());
    }
    return new Item(id, putAtMs, dueAtMs, producer, key, body, attempt, List.copyOf(reasons));
  }

  private Lease lease() {
    long fence = in.number();
    long endsAtMs = in.number();
    String consumer = in.text();
    String from = in.text();
    return new Lease(item(), fence, Lease.UNKNOWN, endsAtMs, consumer, from);
  }

  private Session session() {
    Session session = Session.restored(in.text(), in.number(), in.number() - 1);
    int runs = in.count();
    for (int i = 0; i < runs; i++) {
      session.restoreRun(in.number(), in.number(), in.count());
    }
    return session;
  }

  private void acks(Parts parts) {
    int count = in.count();
    for (int i = 0; i < 2 * count; i++) {
      parts.acks.add(in.number());
    }
  }
}
