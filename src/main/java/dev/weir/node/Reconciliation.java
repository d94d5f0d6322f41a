package dev.weir.node;

import dev.weir.core.Settings;
import dev.weir.protocol.Configuration;
import dev.weir.protocol.StartFailure;
import java.util.Map;
import java.util.function.BiFunction;

/** Puts together what the catalog and the configuration say; the configuration wins. */
final class Reconciliation {
  private final Configuration configuration;
  private final BiFunction<String, Settings, QueueEntry> newEntry;

  Reconciliation(Configuration configuration, BiFunction<String, Settings, QueueEntry> newEntry) {
    this.configuration = configuration;
    this.newEntry = newEntry;
  }

  /** Fills {@code entries} with every queue that is to be served, by name. */
  void reconcile(Catalog.Content content, Map<String, QueueEntry> entries) {
    for (QueueEntry entry : content.queues()) {
      if (entry.verticle() >= configuration.verticles()) {
        throw StartFailure.wrongSetting(
            "wrong setting: node.verticles is %d, but queue %s is on verticle %d"
                .formatted(configuration.verticles(), entry.name(), entry.verticle()));
      }
      entries.put(entry.name(), entry);
    }
    for (Configuration.Queue queue : configuration.queues()) {
      QueueEntry known = entries.get(queue.name());
      QueueEntry entry = known == null ? newEntry.apply(queue.name(), Settings.DEFAULT) : known;
      entries.put(queue.name(), reconciled(entry, queue, known != null));
    }
  }

  private QueueEntry reconciled(QueueEntry entry, Configuration.Queue queue, boolean isKnown) {
    Settings settings = queue.settings().to(entry.settings());
    if (isKnown && settings.durability() != entry.settings().durability()) {
      throw StartFailure.wrongSetting(
          "wrong setting: durability of queue %s is %s; it was made with %s and can not change"
              .formatted(
                  entry.name(), settings.durability().word, entry.settings().durability().word));
    }
    settings
        .problem()
        .ifPresent(
            problem -> {
              throw StartFailure.wrongSetting(
                  "wrong setting of queue " + entry.name() + ": " + problem);
            });
    return isKnown ? entry : entry.with(settings);
  }
}
