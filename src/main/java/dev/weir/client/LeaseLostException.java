package dev.weir.client;

/** The lease is not the item's current one any more, or the item is gone. */
public final class LeaseLostException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String reason;

  LeaseLostException(long id, String reason) {
    super("item " + id + ": " + reason, null, false, false);
    this.reason = reason;
  }

  /** {@code lease-lost} or {@code gone}. */
  public String reason() {
    return reason;
  }
}
