package dev.weir.core;

/**
 * An item in somebody's hands until an instant. All of it survives, but the place in the heap of
 * lease ends and, over a snapshot, when it began.
 */
public final class Lease extends Timed implements Identified {
  /** Of a lease that a snapshot held: it does not say when it began. */
  public static final long UNKNOWN = -1;

  private final Item item;
  private final long fence;
  private final long beganAtMs;
  private final long endsAtMs;
  private final String consumer;
  private final String from;

  /**
   * @param beganAtMs when it was given; {@link #UNKNOWN} where nobody knows any more
   * @param from who asked, as the header {@code weir-from} said; null when it did not
   */
  public Lease(Item item, long fence, long beganAtMs, long endsAtMs, String consumer, String from) {
    this.item = item;
    this.fence = fence;
    this.beganAtMs = beganAtMs;
    this.endsAtMs = endsAtMs;
    this.consumer = consumer;
    this.from = from;
  }

  @Override
  public long id() {
    return item.id();
  }

  public Item item() {
    return item;
  }

  /** Which attempt at the item this is, from 1. */
  public int attempt() {
    return item.attempt() + 1;
  }

  public long fence() {
    return fence;
  }

  /** How long it has lasted; negative where nobody knows. */
  long lastedMs(long nowMs) {
    return beganAtMs == UNKNOWN ? UNKNOWN : Math.max(0, nowMs - beganAtMs);
  }

  public long endsAtMs() {
    return endsAtMs;
  }

  public String consumer() {
    return consumer;
  }

  public String from() {
    return from;
  }

  Lease until(long otherMs) {
    return new Lease(item, fence, beganAtMs, otherMs, consumer, from);
  }

  @Override
  long dueAtMs() {
    return endsAtMs;
  }

  @Override
  long order() {
    return item.id();
  }
}
