package dev.weir.core;

/** A take, in line or about to be served. */
final class TakeWaiter extends Waiter {
  private final Command.Take take;
  private final Reply.Leases acks;
  private final long acksBarrier;

  /**
   * @param acks what became of the acks that came with it
   * @param acksBarrier what they lean on, 0 when there were none
   */
  TakeWaiter(
      long arrival,
      long sinceMs,
      long untilMs,
      Caller caller,
      Command.Take take,
      Reply.Leases acks,
      long acksBarrier) {
    super(arrival, sinceMs, untilMs, caller);
    this.take = take;
    this.acks = acks;
    this.acksBarrier = acksBarrier;
  }

  Command.Take take() {
    return take;
  }

  Reply.Leases acks() {
    return acks;
  }

  long acksBarrier() {
    return acksBarrier;
  }

  @Override
  Object resendMark() {
    return markOf(take);
  }

  /** A consumer's ticket. */
  private record Ticket(String consumer, String ticket) {}

  static Object markOf(Command.Take take) {
    return take.ticket() == null ? null : new Ticket(take.consumer(), take.ticket());
  }
}
