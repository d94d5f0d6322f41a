package dev.weir.core;

/**
 * An item in somebody's hands until an instant. All of it survives, but the place in the heap of
 * lease ends.
 */
public final class Lease extends Timed implements Identified {
  private final Item item;
  private final long fence;
  private final long endsAtMs;
  private final String consumer;
  private final String from;

  /**
   * @param from who asked, as the header {@code weir-from} said; null when it did not
   */
  public Lease(Item item, long fence, long endsAtMs, String consumer, String from) {
    this.item = item;
    this.fence = fence;
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
    return new Lease(item, fence, otherMs, consumer, from);
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
