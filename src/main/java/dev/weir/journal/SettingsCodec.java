package dev.weir.journal;

import dev.weir.core.Durability;
import dev.weir.core.Limit;
import dev.weir.core.RetryDelay;
import dev.weir.core.Settings;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/** Settings by their names, so that one that is added later gets its default from old journals. */
final class SettingsCodec {
  private static final Map<String, Limit> BY_WORD = new HashMap<>();

  static {
    for (Limit limit : Limit.values()) {
      BY_WORD.put(limit.word, limit);
    }
  }

  private SettingsCodec() {}

  static void write(Settings settings, ByteWriter out) {
    RetryDelay delay = settings.retryDelay();
    out.text(settings.durability().word);
    out.number(delay.firstMs()).real(delay.factor()).number(delay.maxMs()).real(delay.jitter());
    out.number(settings.limits().size());
    settings.limits().forEach((limit, value) -> out.text(limit.word).number(value));
  }

  static Settings read(ByteReader in) {
    Durability durability = durability(in.text());
    RetryDelay delay = new RetryDelay(in.number(), in.real(), in.number(), in.real());
    Map<Limit, Long> limits = new EnumMap<>(Limit.class);
    int count = in.count();
    for (int i = 0; i < count; i++) {
      String word = in.text();
      Limit limit = BY_WORD.get(word);
      if (limit == null) {
        throw new JournalDamagedException("there is no setting " + word);
      }
      limits.put(limit, in.number());
    }
    return Settings.DEFAULT.with(limits).with(delay).with(durability);
  }

  private static Durability durability(String word) {
    for (Durability durability : Durability.values()) {
      if (durability.word.equals(word)) {
        return durability;
      }
    }
    throw new JournalDamagedException("there is no durability " + word);
  }
}
