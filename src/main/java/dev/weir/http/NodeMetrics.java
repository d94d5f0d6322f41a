package dev.weir.http;

import dev.weir.protocol.FiguresJson;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Writes a node's figures as metrics; docs/operating.md has them as a table. */
final class NodeMetrics {
  private static final double MS_PER_SECOND = 1e3;

  /** What {@code totals} of {@code stats} counts, as a name and a help each. */
  private static final Map<String, List<String>> TOTALS =
      Map.of(
          "put", List.of("put_items", "Items stored"),
          "taken", List.of("taken_items", "Items leased to consumers, each lease counted"),
          "acked", List.of("acked_items", "Items acknowledged"),
          "nacked", List.of("nacked_items", "Items given back by their consumers"),
          "leaseEnded", List.of("ended_leases", "Leases that expired or whose holder went away"),
          "died", List.of("died_items", "Items that joined the dead"),
          "purged", List.of("purged_items", "Items purged by operators"),
          "duplicates", List.of("duplicate_items", "Items put again and not stored again"),
          "refused", List.of("refused_requests", "Requests refused"));

  private final MetricsBook book = new MetricsBook();

  /**
   * @param figures null where the node did not answer
   */
  static MetricSnapshots of(JsonObject figures) {
    NodeMetrics metrics = new NodeMetrics();
    metrics.book.gauge(
        "weir_node_up",
        "Whether the node answered this scrape",
        Labels.EMPTY,
        figures == null ? 0 : 1);
    if (figures != null) {
      each(figures.getJsonArray("queues"), metrics::queue);
      figures.getJsonObject("lost").fieldNames().forEach(name -> metrics.up(name, false));
      each(figures.getJsonArray("journals"), metrics::journal);
      each(figures.getJsonArray("loops"), metrics::loop);
    }
    return metrics.book.build();
  }

  private static void each(JsonArray array, Consumer<JsonObject> taker) {
    array.forEach(one -> taker.accept((JsonObject) one));
  }

  private void up(String queue, boolean isUp) {
    book.gauge(
        "weir_queue_up",
        "Whether the node serves the queue",
        Labels.of("queue", queue),
        isUp ? 1 : 0);
  }

  private void queue(JsonObject stats) {
    String name = stats.getString("queue");
    Labels queue = Labels.of("queue", name);
    up(name, stats.getBoolean("open"));
    stats
        .getJsonObject("counts")
        .forEach(
            count ->
                book.gauge(
                    "weir_queue_items",
                    "Items by state",
                    queue.add("state", count.getKey()),
                    number(count.getValue())));
    gauge(stats, "bytes", "weir_queue_bytes", "Bytes that count against the capacity", queue);
    gauge(stats, "capacity", "weir_queue_capacity_items", "Items the queue may hold", queue);
    gauge(stats, "capacityBytes", "weir_queue_capacity_bytes", "Bytes the queue may hold", queue);
    Long oldestMs = stats.getLong("oldestReadyMs");
    book.gauge(
        "weir_queue_oldest_ready_seconds",
        "Since when the oldest ready item is in the queue; 0 when none is ready",
        queue,
        oldestMs == null ? 0 : oldestMs / MS_PER_SECOND);
    JsonObject waiting = stats.getJsonObject("waiting");
    JsonObject times = stats.getJsonObject("times");
    for (String side : List.of("produce", "consume")) {
      side(stats, queue.add("side", side), side, waiting, times);
    }
    book.spread(
        "weir_queue_lease_seconds",
        "Time from a lease to its ack, nack or end",
        queue,
        FiguresJson.spread(times.getJsonObject("leases")));
    JsonObject totals = stats.getJsonObject("totals");
    TOTALS.forEach(
        (word, described) ->
            book.counter(
                "weir_queue_" + described.get(0),
                described.get(1),
                queue,
                number(totals.getValue(word))));
  }

  private void side(
      JsonObject stats, Labels labels, String side, JsonObject waiting, JsonObject times) {
    gauge(waiting, side, "weir_queue_waiting_requests", "Requests in line", labels);
    book.gauge(
        "weir_queue_paused",
        "Whether that side is paused",
        labels,
        stats.getJsonArray("paused").contains(side) ? 1 : 0);
    book.spread(
        "weir_queue_wait_seconds",
        "Time a request waited in line until it was served, 0 included",
        labels,
        FiguresJson.spread(times.getJsonObject(side)));
  }

  private void journal(JsonObject journal) {
    Labels labels =
        Labels.of(
            "verticle", String.valueOf(journal.getInteger("verticle")),
            "durability", journal.getString("durability"));
    book.gauge(
        "weir_journal_up",
        "Whether the journal is open",
        labels,
        journal.containsKey("down") ? 0 : 1);
    counter(journal, "flushes", "weir_journal_flushes", "Writes with their flush", labels);
    counter(journal, "durable", "weir_journal_durable_batches", "Batches made durable", labels);
    counter(journal, "bytes", "weir_journal_appended_bytes", "Bytes appended", labels);
    gauge(journal, "logBytes", "weir_journal_log_bytes", "Log since the last snapshot", labels);
    gauge(journal, "snapshotBytes", "weir_journal_snapshot_bytes", "The last snapshot", labels);
    gauge(journal, "fileBytes", "weir_journal_file_bytes", "All files of the journal", labels);
    counter(journal, "snapshots", "weir_journal_snapshots", "Snapshots written", labels);
    book.gauge(
        "weir_journal_last_snapshot_seconds",
        "How long the last snapshot took",
        labels,
        number(journal.getValue("snapshotMs")) / MS_PER_SECOND);
    book.spread(
        "weir_journal_flush_seconds",
        "Time of a write with its flush",
        labels,
        FiguresJson.spread(journal.getJsonObject("flushTimes")));
    book.spread(
        "weir_journal_flush_bytes",
        "Size of a write with its flush",
        labels,
        FiguresJson.spread(journal.getJsonObject("flushSizes")));
  }

  private void loop(JsonObject loop) {
    book.spread(
        "weir_event_loop_delay_seconds",
        "How much later than asked for a timer of a queue verticle fired",
        Labels.of("verticle", String.valueOf(loop.getInteger("verticle"))),
        FiguresJson.spread(loop.getJsonObject("delay")));
  }

  private void gauge(JsonObject of, String field, String name, String help, Labels labels) {
    book.gauge(name, help, labels, number(of.getValue(field)));
  }

  private void counter(JsonObject of, String field, String name, String help, Labels labels) {
    book.counter(name, help, labels, number(of.getValue(field)));
  }

  private static double number(Object value) {
    return ((Number) value).doubleValue();
  }
}
