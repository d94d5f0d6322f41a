package dev.weir.client;

import dev.weir.core.Limit;
import dev.weir.protocol.Fields;
import io.vertx.core.json.JsonObject;

/**
 * How a request is sent again after a failure that may pass: exponential, with jitter.
 *
 * @param firstMs before the second try
 * @param factor by how much the delay grows, 1 to 10
 * @param maxMs where it stops growing
 * @param jitter the part of the delay by which it may be shorter or longer, 0 to 1
 * @param giveUpMs after how long the last failure is the caller's, -1 for never
 */
public record RetryOptions(long firstMs, double factor, long maxMs, double jitter, long giveUpMs) {

  public static final long DEFAULT_GIVE_UP_MS = 60_000;
  public static final RetryOptions DEFAULT =
      new RetryOptions(100, 2, 5000, 0.2, DEFAULT_GIVE_UP_MS);
  public static final RetryOptions FOR_EVER = new RetryOptions(100, 2, 5000, 0.2, -1);

  /**
   * @param random from 0 to 1
   */
  long delayMs(int failures, double random) {
    double plainMs = Math.min(maxMs, firstMs * Math.pow(factor, failures - 1));
    return Math.max(1, Math.round(plainMs * (1 + jitter * (2 * random - 1))));
  }

  /** Reads what is there; the rest is as in {@code fallback}. */
  public static RetryOptions fromJson(String path, JsonObject json, RetryOptions fallback) {
    if (json == null) {
      return fallback;
    }
    Fields fields = new Fields(path, json);
    boolean never = fields.has("giveUpMs") && json.getValue("giveUpMs") == null;
    RetryOptions options =
        new RetryOptions(
            fields.number("firstMs", fallback.firstMs, 1, Limit.MOST),
            fields.real("factor", fallback.factor, 1, 10),
            fields.number("maxMs", fallback.maxMs, 1, Limit.MOST),
            fields.real("jitter", fallback.jitter, 0, 1),
            never ? -1 : fields.number("giveUpMs", fallback.giveUpMs, 1, Limit.MOST));
    fields.done();
    return options;
  }

  public JsonObject toJson() {
    return new JsonObject()
        .put("firstMs", firstMs)
        .put("factor", factor)
        .put("maxMs", maxMs)
        .put("jitter", jitter)
        .put("giveUpMs", giveUpMs < 0 ? null : (Object) giveUpMs);
  }
}
