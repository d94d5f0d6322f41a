package dev.weir.core;

/** What the clerks of one queue share: the state, and beside it all that is volatile. */
final class Floor {
  final QueueState state;
  final Fences fences;
  final WaitLine<PutWaiter> producers = new WaitLine<>();
  final WaitLine<TakeWaiter> consumers = new WaitLine<>();
  final PendingRelease pending = new PendingRelease();
  final Rates rates = new Rates();
  final Distribution produceWaits = new Distribution(Distribution.Scale.MILLIS);
  final Distribution consumeWaits = new Distribution(Distribution.Scale.MILLIS);
  final Distribution leaseTimes = new Distribution(Distribution.Scale.MILLIS);
  private long arrivals;

  Floor(QueueState state, Fences fences) {
    this.state = state;
    this.fences = fences;
  }

  long nextArrival() {
    return ++arrivals;
  }

  long limit(Limit limit) {
    return state.limit(limit);
  }

  void refuse(Step step, Caller caller, Refusal why, String sentence) {
    rates.add(Total.REFUSED, 1, step.nowMs());
    step.answer(caller, new Reply.Refused(why, sentence));
  }
}
