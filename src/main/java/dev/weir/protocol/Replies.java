package dev.weir.protocol;

import dev.weir.core.Distribution;
import dev.weir.core.Event;
import dev.weir.core.Item;
import dev.weir.core.ItemState;
import dev.weir.core.Lease;
import dev.weir.core.Reply;
import dev.weir.core.Side;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** Writes the answers of a queue as JSON. A refusal is no answer: it is a failure with a code. */
public final class Replies implements Reply.Handler<JsonObject> {
  private final Source source;
  private final long position;
  private final boolean rawBodies;

  /** Where an answer comes from: what it says about the node and its journal. */
  public interface Source {
    String queue();

    String node();

    String durability();

    long epoch();

    boolean isOpen();

    /** The figures of the journal, or null. */
    JsonObject journal();
  }

  /**
   * @param position what the answer leaned on and is durable now
   * @param rawBodies whether a taker wants the bytes of a body's JSON
   */
  public Replies(Source source, long position, boolean rawBodies) {
    this.source = source;
    this.position = position;
    this.rawBodies = rawBodies;
  }

  @Override
  public JsonObject put(Reply.Put put) {
    JsonObject json = new JsonObject().put("status", put.stored() ? "stored" : "full");
    if (!put.stored()) {
      json.put("stored", put.ids().size());
    }
    json.put("ids", new JsonArray(put.ids())).put("duplicates", new JsonArray(put.duplicates()));
    if (!put.ids().isEmpty()) {
      json.put("receipt", receipt());
    }
    if (!put.stored()) {
      json.put("waiting", put.waiting()).put("expectedWaitMs", put.expectedWaitMs());
    }
    if (put.paused()) {
      json.put("paused", true);
    }
    return json;
  }

  private JsonObject receipt() {
    return new JsonObject()
        .put("durability", source.durability())
        .put("epoch", source.epoch())
        .put("position", position)
        .put("copies", 1)
        .put("node", source.node());
  }

  @Override
  public JsonObject taken(Reply.Taken taken) {
    JsonObject json = new JsonObject().put("status", taken.leases().isEmpty() ? "empty" : "taken");
    if (taken.leases().isEmpty()) {
      json.put("waiting", taken.waiting());
    } else {
      JsonArray items = new JsonArray();
      taken.leases().forEach(lease -> items.add(lease(lease)));
      json.put("items", items);
    }
    json.put("acked", new JsonArray(taken.acks().done())).put("refused", lost(taken.acks()));
    if (taken.paused()) {
      json.put("paused", true);
    }
    return json;
  }

  private JsonObject lease(Lease lease) {
    Item item = lease.item();
    return new JsonObject()
        .put("id", lease.id())
        .put("fence", lease.fence())
        .put("attempt", lease.attempt())
        .put("producer", item.producer())
        .put("key", item.key())
        .put("putAt", item.putAtMs())
        .put("leaseEndsAt", lease.endsAtMs())
        .put("body", rawBodies ? Buffer.buffer(item.body().utf8()) : Bodies.decode(item.body()));
  }

  private static JsonArray lost(Reply.Leases leases) {
    JsonArray refused = new JsonArray();
    for (Reply.LostLease lost : leases.refused()) {
      refused.add(new JsonObject().put("id", lost.id()).put("reason", lost.reason()));
    }
    return refused;
  }

  private static JsonObject done() {
    return new JsonObject().put("status", "done");
  }

  @Override
  public JsonObject leases(Reply.Leases leases) {
    return done().put("done", new JsonArray(leases.done())).put("refused", lost(leases));
  }

  @Override
  public JsonObject stats(Reply.Stats stats) {
    JsonObject counts = new JsonObject();
    stats.counts().forEach((state, count) -> counts.put(state.word(), count));
    JsonObject totals = new JsonObject();
    stats.totals().forEach((total, count) -> totals.put(total.word, count));
    JsonObject settings = SettingsJson.toJson(stats.settings());
    return new JsonObject()
        .put("queue", source.queue())
        .put("node", source.node())
        .put("durability", source.durability())
        .put("open", source.isOpen())
        .put("counts", counts)
        .put("bytes", stats.bytes())
        .put("capacity", settings.getValue("capacity"))
        .put("capacityBytes", settings.getValue("capacityBytes"))
        .put("settings", settings)
        .put("paused", sides(stats.paused()))
        .put(
            "waiting",
            new JsonObject()
                .put("produce", stats.waitingProduce())
                .put("consume", stats.waitingConsume()))
        .put("oldestReadyMs", stats.oldestReadyMs())
        .put("perSecond", perSecond(stats.perSecond()))
        .put("perSecond60", perSecond(stats.perSecond60()))
        .put("totals", totals)
        .put(
            "waitMs",
            new JsonObject()
                .put("produce", summary(stats.waitProduce()))
                .put("consume", summary(stats.waitConsume())))
        .put("journal", source.journal());
  }

  private static JsonObject perSecond(dev.weir.core.Rates.PerSecond rates) {
    return new JsonObject()
        .put("put", rates.put())
        .put("take", rates.take())
        .put("ack", rates.ack());
  }

  private static JsonObject summary(Distribution.Summary waits) {
    return new JsonObject().put("p50", waits.p50()).put("p99", waits.p99()).put("max", waits.max());
  }

  private static JsonArray sides(List<Side> sides) {
    JsonArray words = new JsonArray();
    sides.forEach(side -> words.add(side.word));
    return words;
  }

  @Override
  public JsonObject waiting(Reply.Waiting waiting) {
    JsonArray list = new JsonArray();
    for (Reply.Waiter waiter : waiting.waiting()) {
      list.add(
          new JsonObject()
              .put("who", waiter.who())
              .put("sinceAt", waiter.sinceAtMs())
              .put("place", waiter.place())
              .put("items", waiter.items())
              .put("stored", waiter.stored())
              .put("untilAt", waiter.untilAtMs())
              .put("expectedWaitMs", waiter.expectedWaitMs()));
    }
    return new JsonObject().put("waiting", list).put("total", waiting.total());
  }

  @Override
  public JsonObject peeked(Reply.Peeked peeked) {
    JsonArray items = new JsonArray();
    peeked.items().forEach(seen -> items.add(seen(seen)));
    return new JsonObject().put("items", items).put("next", peeked.next());
  }

  private static JsonObject seen(Reply.Seen seen) {
    Item item = seen.item();
    Lease lease = seen.lease();
    return new JsonObject()
        .put("id", item.id())
        .put("state", seen.state().word())
        .put("producer", item.producer())
        .put("key", item.key())
        .put("putAt", item.putAtMs())
        .put("attempt", lease == null ? item.attempt() : lease.attempt())
        .put("dueAt", seen.state() == ItemState.DELAYED ? item.dueAtMs() : null)
        .put("consumer", lease == null ? null : lease.consumer())
        .put("leaseEndsAt", lease == null ? null : lease.endsAtMs())
        .put("reasons", new JsonArray(item.reasons()))
        .put("body", Bodies.decode(item.body()));
  }

  @Override
  public JsonObject paused(Reply.Paused paused) {
    return done().put("paused", sides(paused.sides()));
  }

  @Override
  public JsonObject purged(Reply.Purged purged) {
    return done().put("purged", purged.purged());
  }

  @Override
  public JsonObject kicked(Reply.Kicked kicked) {
    return new JsonObject().put("status", kicked.done() ? "done" : "full");
  }

  @Override
  public JsonObject configured(Reply.Configured configured) {
    return done().put("settings", SettingsJson.toJson(configured.settings()));
  }

  @Override
  public JsonObject audit(Reply.Audit audit) {
    JsonArray changes = new JsonArray();
    for (Event.Audited change : audit.changes()) {
      changes.add(
          new JsonObject()
              .put("at", change.atMs())
              .put("op", change.op())
              .put("by", change.by())
              .put("from", change.from())
              .put("detail", change.detail())
              .put("count", change.count()));
    }
    return new JsonObject().put("changes", changes);
  }

  @Override
  public JsonObject refused(Reply.Refused refused) {
    throw new IllegalStateException("a refusal is a failure, not a reply: " + refused);
  }
}
