package dev.weir.core;

import java.util.ArrayList;
import java.util.List;

/** One step on its way: what it has decided so far, and how much more it may do. */
final class Step {

  /** How many transitions one step makes at most, so that it never holds its thread for long. */
  static final int TRANSITIONS_MAX = 1000;

  private final QueueState state;
  private final Moment moment;
  private final List<Event> events = new ArrayList<>(2);
  private final List<Answer> answers = new ArrayList<>(2);
  private int left = TRANSITIONS_MAX;
  private Command again;
  private Caller againCaller;

  Step(QueueState state, Moment moment) {
    this.state = state;
    this.moment = moment;
  }

  long nowMs() {
    return moment.nowMs();
  }

  long next() {
    return moment.next();
  }

  long durable() {
    return moment.durable();
  }

  /** The state changes by this event, now. */
  void emit(Event event) {
    events.add(event);
    state.apply(event);
  }

  /** The position that what has been decided up to now leans on. */
  long barrier() {
    return events.isEmpty() ? moment.head() : moment.next();
  }

  /** An answer that may lean on anything decided up to now. */
  void answer(Caller caller, Reply reply) {
    answer(caller, reply, barrier());
  }

  void answer(Caller caller, Reply reply, long barrier) {
    answers.add(new Answer(caller, reply, barrier));
  }

  boolean hasRoom() {
    return left > 0;
  }

  int left() {
    return Math.max(left, 0);
  }

  void count(int transitions) {
    left -= transitions;
  }

  /** This command has more to do than fits one step. */
  void again(Command command, Caller caller) {
    again = command;
    againCaller = caller;
  }

  Outcome outcome() {
    if (again == null && left <= 0) {
      again = new Command.Tick();
    }
    return new Outcome(events, answers, again, againCaller);
  }
}
