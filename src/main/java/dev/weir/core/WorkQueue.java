package dev.weir.core;

/**
 * A bounded, fair queue: {@link #step} takes a command and the time, and gives the events that must
 * survive and the answers. All policy is behind it. One thread at a time; never blocks, never takes
 * more than about {@value Step#TRANSITIONS_MAX} transitions.
 *
 * <p>In each step, what is due comes first (lease ends, delays), then the command, then whatever
 * both made possible: burials, admissions, deliveries, and last the waits that are over.
 */
public final class WorkQueue {
  private final QueueState state;
  private final Floor floor;
  private final Admission admission;
  private final LeaseDesk leaseDesk;
  private final Delivery delivery;
  private final Operations operations;

  /**
   * @param state what survived; changed from now on by this queue alone
   * @param fences numbers that rise for good
   */
  public WorkQueue(QueueState state, Fences fences) {
    this.state = state;
    this.floor = new Floor(state, fences);
    this.admission = new Admission(floor);
    this.leaseDesk = new LeaseDesk(floor);
    this.delivery = new Delivery(floor, leaseDesk);
    this.operations = new Operations(floor);
  }

  /** What survives, to look at and to freeze. */
  public QueueState state() {
    return state;
  }

  /** The figures, without a step. */
  public Reply.Stats stats(long nowMs) {
    return operations.stats(nowMs);
  }

  /** How long requests waited, by side, and leases lasted. */
  public Times times(long nowMs) {
    return new Times(
        floor.produceWaits.view(nowMs),
        floor.consumeWaits.view(nowMs),
        floor.leaseTimes.view(nowMs));
  }

  /**
   * How long things took, in milliseconds.
   *
   * @param produce waits of puts that were stored
   * @param consume waits of takes that got something
   * @param leases from when an item was leased to its ack, nack or the lease's end
   */
  public record Times(
      Distribution.View produce, Distribution.View consume, Distribution.View leases) {}

  /** How many requests wait on a side. */
  public int waiting(Side side) {
    return side == Side.PRODUCE ? floor.producers.size() : floor.consumers.size();
  }

  /**
   * Does one command.
   *
   * @param caller who gets the answer; null for commands that have none
   */
  public Outcome step(Command command, Caller caller, Moment moment) {
    Step step = new Step(state, moment);
    leaseDesk.endDue(step);
    endDelays(step);
    release(step);
    command.handle(new Dispatch(step), caller);
    leaseDesk.bury(step);
    admission.admit(step);
    delivery.serve(step);
    admission.timeOut(step);
    delivery.timeOut(step);
    return step.outcome();
  }

  /** Whether items wait for a position to be durable: then a {@link Command.Tick} is wanted. */
  public boolean isReleasing() {
    return !floor.pending.isEmpty();
  }

  /** Whether takes wait although something is ready: there were no fences for them. */
  public boolean isStarved() {
    return !floor.consumers.isEmpty()
        && !state.isPaused(Side.CONSUME)
        && state.count(ItemState.READY) > 0;
  }

  /** When something is due next: then a {@link Command.Tick} is wanted. */
  public long nextDeadlineMs() {
    long leases = Math.min(state.items().leases().nextEndMs(), state.items().delays().nextAtMs());
    long waits = Math.min(floor.producers.nextUntilMs(), floor.consumers.nextUntilMs());
    return Math.min(leases, waits);
  }

  private void endDelays(Step step) {
    Item item;
    while (step.hasRoom() && (item = state.items().delays().due(step.nowMs())) != null) {
      state.items().delayOver(item);
      floor.pending.add(step.barrier(), item.id(), item.id());
      step.count(1);
    }
  }

  /** What is durable by now is ready. */
  private void release(Step step) {
    while (step.hasRoom()
        && !floor.pending.isEmpty()
        && floor.pending.position() <= step.durable()) {
      state.items().release(floor.pending.pollId());
      step.count(1);
    }
  }

  private void gone(Command.Gone gone, Step step) {
    PutWaiter putting;
    while (step.hasRoom() && (putting = floor.producers.anyFrom(gone.from())) != null) {
      admission.leave(putting);
      step.count(1);
    }
    TakeWaiter taking;
    while (step.hasRoom() && (taking = floor.consumers.anyFrom(gone.from())) != null) {
      floor.consumers.remove(taking);
      step.count(1);
    }
    leaseDesk.gone(gone, step);
    if (!step.hasRoom()) {
      step.again(new Command.Gone(gone.from(), java.util.List.of(), gone.unheard()), null);
    }
  }

  /** Who does which command. */
  private final class Dispatch implements Command.Handler {
    private final Step step;

    Dispatch(Step step) {
      this.step = step;
    }

    @Override
    public void put(Command.Put put, Caller caller) {
      admission.put(put, caller, step);
    }

    @Override
    public void take(Command.Take take, Caller caller) {
      delivery.take(take, caller, step);
    }

    @Override
    public void ack(Command.Ack ack, Caller caller) {
      leaseDesk.ack(ack, caller, step);
    }

    @Override
    public void nack(Command.Nack nack, Caller caller) {
      leaseDesk.nack(nack, caller, step);
    }

    @Override
    public void extend(Command.Extend extend, Caller caller) {
      leaseDesk.extend(extend, caller, step);
    }

    @Override
    public void manage(Command.Manage manage, Caller caller) {
      operations.manage(manage, caller, step);
    }

    @Override
    public void tick() {
      // what is due is done in every step
    }

    @Override
    public void gone(Command.Gone gone) {
      WorkQueue.this.gone(gone, step);
    }

    @Override
    public void close(Command.Close close) {
      admission.close(close, step);
      delivery.close(close, step);
      if (!step.hasRoom()) {
        step.again(close, null);
      }
    }
  }
}
