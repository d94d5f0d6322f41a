package dev.weir.core;

/** A request in a wait line. */
abstract class Waiter extends Timed implements Identified {
  private final long arrival;
  private final long sinceMs;
  private final long untilMs;
  private final Caller caller;

  Waiter(long arrival, long sinceMs, long untilMs, Caller caller) {
    this.arrival = arrival;
    this.sinceMs = sinceMs;
    this.untilMs = untilMs;
    this.caller = caller;
  }

  /** The place in the order of arrival. */
  @Override
  public long id() {
    return arrival;
  }

  @Override
  long order() {
    return arrival;
  }

  @Override
  long dueAtMs() {
    return untilMs;
  }

  long sinceMs() {
    return sinceMs;
  }

  Caller caller() {
    return caller;
  }

  /** What a resend of this request has in common with it; null when it can not be told. */
  abstract Object resendMark();
}
