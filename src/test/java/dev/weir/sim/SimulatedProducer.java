package dev.weir.sim;

import dev.weir.core.Body;
import dev.weir.core.Command;
import dev.weir.core.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Puts numbered items with a session; what it got no answer to it sends again, unchanged. */
final class SimulatedProducer {
  private final String name;
  private final History history;
  private final Random random;
  private long next;
  private Command.Put unanswered;
  private boolean asking;
  private int life;

  SimulatedProducer(String name, History history, Random random) {
    this.name = name;
    this.history = history;
    this.random = random;
  }

  /** Nobody will answer what was asked before. */
  void nodeIsGone() {
    life++;
    asking = false;
  }

  boolean isIdle() {
    return unanswered == null;
  }

  void act(SimulatedNode node, boolean mayBegin) {
    if (asking || unanswered == null && !mayBegin) {
      return;
    }
    if (unanswered == null) {
      unanswered = newPut();
    }
    asking = true;
    node.request(unanswered, new Call(life, unanswered));
  }

  private Command.Put newPut() {
    List<Command.PutItem> items = new ArrayList<>();
    int count = 1 + random.nextInt(4);
    for (int i = 0; i < count; i++) {
      String body = name + "/" + (next + i) + " " + "x".repeat(random.nextInt(300));
      history.isPut(body);
      items.add(new Command.PutItem(Body.of(body), null, random.nextInt(8) == 0 ? 40 : 0));
    }
    return new Command.Put(name, random.nextBoolean() ? 0 : 100, name, next, items);
  }

  private final class Call implements SimulatedNode.Client {
    private final int askedIn;
    private final Command.Put put;

    Call(int askedIn, Command.Put put) {
      this.askedIn = askedIn;
      this.put = put;
    }

    @Override
    public String from() {
      return name;
    }

    @Override
    public void answered(Reply reply) {
      if (!(reply instanceof Reply.Put told)) {
        throw new AssertionError(name + " was answered " + reply);
      }
      for (int i = 0; i < told.ids().size(); i++) {
        history.stored(put.items().get(i).body().toString(), told.ids().get(i));
      }
      if (askedIn == life) {
        asking = false;
        goOnAfter(told.ids().size());
      }
    }

    /** What was not stored is asked for again, from its own number on. */
    private void goOnAfter(int stored) {
      next = put.seq() + stored;
      List<Command.PutItem> rest = put.items().subList(stored, put.items().size());
      unanswered =
          rest.isEmpty()
              ? null
              : new Command.Put(name, put.waitMs(), name, next, List.copyOf(rest));
    }

    @Override
    public void outcomeUnknown() {
      if (askedIn == life) {
        asking = false;
      }
    }
  }
}
