package dev.weir.core;

import java.util.ArrayList;
import java.util.List;

/** Drives a queue by hand: time and durability are whatever the test says. */
final class Driver {

  /** A caller with a name. */
  record Someone(String name, String from) implements Caller {}

  final WorkQueue queue;
  final List<Event> journal = new ArrayList<>();
  final List<Answer> answers = new ArrayList<>();
  long nowMs = 1_000_000;
  long position;
  long durable;
  boolean flushAtOnce = true;
  private long fence;
  boolean fencesAreOut;
  private final Fences fences = () -> fencesAreOut ? 0 : ++fence;

  Driver(Settings settings) {
    this(new QueueState(settings), 0);
  }

  Driver(QueueState state, long lastFence) {
    this.fence = lastFence;
    this.queue = new WorkQueue(state, fences);
  }

  long lastFence() {
    return fence;
  }

  /** Does a command and whatever it leaves for further steps. */
  List<Answer> step(Command command, Caller caller) {
    int before = answers.size();
    Command next = command;
    Caller asking = caller;
    while (next != null) {
      Outcome outcome =
          queue.step(next, asking, new Moment(nowMs, position, position + 1, durable));
      take(outcome);
      next = outcome.again();
      asking = outcome.againCaller();
    }
    if (flushAtOnce && durable < position) {
      flush();
    }
    return List.copyOf(answers.subList(before, answers.size()));
  }

  private void take(Outcome outcome) {
    journal.addAll(outcome.events());
    if (!outcome.events().isEmpty()) {
      position++;
    }
    answers.addAll(outcome.answers());
  }

  /** All that was decided is durable now. */
  void flush() {
    durable = position;
    step(new Command.Tick(), null);
  }

  void pass(long ms) {
    nowMs += ms;
    step(new Command.Tick(), null);
  }

  Reply put(String who, String... bodies) {
    return reply(put(who, 0, bodies), who);
  }

  List<Answer> put(String who, long waitMs, String... bodies) {
    List<Command.PutItem> items = new ArrayList<>();
    for (String body : bodies) {
      items.add(new Command.PutItem(Body.of(body), null, 0));
    }
    return step(new Command.Put(who, waitMs, null, -1, items), new Someone(who, null));
  }

  Reply.Taken take(String who, int max) {
    return (Reply.Taken) reply(take(who, max, 0), who);
  }

  List<Answer> take(String who, int max, long waitMs) {
    return step(
        new Command.Take(who, max, waitMs, -1, null, List.of(), false), new Someone(who, null));
  }

  Reply.Leases ack(Lease lease) {
    return ack(new LeaseRef(lease.id(), lease.fence()));
  }

  Reply.Leases ack(LeaseRef ref) {
    return (Reply.Leases)
        reply(step(new Command.Ack("c", List.of(ref)), new Someone("acker", null)), "acker");
  }

  /** What this caller was answered among these, or null. */
  static Reply reply(List<Answer> answers, String who) {
    Reply found = null;
    for (Answer answer : answers) {
      if (((Someone) answer.caller()).name().equals(who)) {
        found = answer.reply();
      }
    }
    return found;
  }

  /** What this caller was answered last, ever. */
  Reply last(String who) {
    return reply(answers, who);
  }

  int count(ItemState state) {
    return queue.state().count(state);
  }
}
