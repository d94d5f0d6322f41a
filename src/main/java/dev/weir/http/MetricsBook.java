package dev.weir.http;

import dev.weir.core.Distribution;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.Quantile;
import io.prometheus.metrics.model.snapshots.Quantiles;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import io.prometheus.metrics.model.snapshots.Unit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Gathers the points of one scrape into families. Names follow Prometheus' conventions: base units
 * (seconds, bytes), the unit last, {@code _total} behind what only rises.
 */
final class MetricsBook {
  private final Map<String, GaugeSnapshot.Builder> gauges = new TreeMap<>();
  private final Map<String, CounterSnapshot.Builder> counters = new TreeMap<>();
  private final Map<String, HistogramSnapshot.Builder> histograms = new TreeMap<>();
  private final Map<String, SummarySnapshot.Builder> summaries = new TreeMap<>();

  /** A value that rises and falls. */
  void gauge(String name, String help, Labels labels, double value) {
    gauges
        .computeIfAbsent(name, made -> described(GaugeSnapshot.builder(), name, help))
        .dataPoint(
            GaugeSnapshot.GaugeDataPointSnapshot.builder().labels(labels).value(value).build());
  }

  /**
   * What only rises while the process lives.
   *
   * @param name without {@code _total}
   */
  void counter(String name, String help, Labels labels, double value) {
    counters
        .computeIfAbsent(name, made -> described(CounterSnapshot.builder(), name, help))
        .dataPoint(
            CounterSnapshot.CounterDataPointSnapshot.builder().labels(labels).value(value).build());
  }

  /**
   * How values are spread: a histogram, and beside it the median, the 99th percentile and the
   * greatest (as quantile 1) of the last one to two minutes under a name of their own.
   */
  void spread(String name, String help, Labels labels, Distribution.View view) {
    double unit = perUnit(view.scale());
    histograms
        .computeIfAbsent(name, made -> described(HistogramSnapshot.builder(), name, help))
        .dataPoint(
            HistogramSnapshot.HistogramDataPointSnapshot.builder()
                .labels(labels)
                .classicHistogramBuckets(buckets(view, unit))
                .sum(view.sum() / unit)
                .build());
    Distribution.Summary recent = view.recent();
    String recently = name.replaceFirst("_(?=[a-z]+$)", "_recent_");
    summaries
        .computeIfAbsent(
            recently,
            made ->
                described(
                    SummarySnapshot.builder(), recently, help + " (the last one to two minutes)"))
        .dataPoint(
            SummarySnapshot.SummaryDataPointSnapshot.builder()
                .labels(labels)
                .quantiles(
                    Quantiles.of(
                        new Quantile(0.5, recent.p50() / unit),
                        new Quantile(0.99, recent.p99() / unit),
                        new Quantile(1, recent.max() / unit)))
                .build());
  }

  private static double perUnit(Distribution.Scale scale) {
    return switch (scale) {
      case MILLIS -> 1e3;
      case MICROS -> 1e6;
      case BYTES -> 1;
    };
  }

  private static ClassicHistogramBuckets buckets(Distribution.View view, double unit) {
    long[] bounds = view.scale().bounds();
    List<Double> upTo = new ArrayList<>(bounds.length + 1);
    List<Long> counts = new ArrayList<>(bounds.length + 1);
    for (int place = 0; place < bounds.length; place++) {
      upTo.add(bounds[place] / unit);
      counts.add(view.counts()[place]);
    }
    upTo.add(Double.POSITIVE_INFINITY);
    counts.add(view.counts()[bounds.length]);
    return ClassicHistogramBuckets.of(upTo, counts);
  }

  private static <B extends MetricSnapshot.Builder<B>> B described(
      B builder, String name, String help) {
    builder.name(name).help(help);
    if (name.endsWith("_seconds")) {
      builder.unit(Unit.SECONDS);
    } else if (name.endsWith("_bytes")) {
      builder.unit(Unit.BYTES);
    }
    return builder;
  }

  MetricSnapshots build() {
    List<MetricSnapshot> all = new ArrayList<>();
    gauges.values().forEach(family -> all.add(family.build()));
    counters.values().forEach(family -> all.add(family.build()));
    histograms.values().forEach(family -> all.add(family.build()));
    summaries.values().forEach(family -> all.add(family.build()));
    return new MetricSnapshots(all);
  }
}
