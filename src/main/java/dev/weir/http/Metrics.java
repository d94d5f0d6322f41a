package dev.weir.http;

import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.Map;

/**
 * What {@code /metrics} shows: the node's figures and those of the JVM, in Prometheus' text format
 * or as OpenMetrics, whichever is asked for. Written by a worker, once for all who ask meanwhile.
 */
final class Metrics {
  static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
  static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8";

  private final Vertx vertx;
  private final NodeFigures figures;
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics collections = new JvmGcMetrics();
  private final Map<String, Future<String>> scrapes = new HashMap<>();
  private volatile JsonObject latest;

  Metrics(Vertx vertx, NodeFigures figures) {
    this.vertx = vertx;
    this.figures = figures;
    registry.getPrometheusRegistry().register((MultiCollector) this::collect);
    collections.bindTo(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
  }

  private MetricSnapshots collect() {
    return NodeMetrics.of(latest);
  }

  void show(RoutingContext request) {
    String accepted = request.request().getHeader(HttpHeaders.ACCEPT);
    String type =
        accepted != null && accepted.contains("application/openmetrics-text") ? OPEN_METRICS : TEXT;
    scrape(type)
        .onFailure(request::fail)
        .onSuccess(
            text -> {
              if (!request.response().closed()) {
                request.response().putHeader(HttpHeaders.CONTENT_TYPE, type).end(text);
              }
            });
  }

  private Future<String> scrape(String type) {
    Future<String> present = scrapes.get(type);
    if (present != null) {
      return present;
    }
    Future<String> scrape =
        figures
            .ask()
            .otherwise((JsonObject) null)
            .compose(
                found ->
                    vertx.executeBlocking(
                        () -> {
                          latest = found;
                          return registry.scrape(type);
                        }));
    scrapes.put(type, scrape);
    scrape.onComplete(done -> scrapes.remove(type));
    return scrape;
  }

  void stop() {
    collections.close();
    registry.close();
  }
}
