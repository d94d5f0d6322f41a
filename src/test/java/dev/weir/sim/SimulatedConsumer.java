package dev.weir.sim;

import dev.weir.core.Command;
import dev.weir.core.Lease;
import dev.weir.core.LeaseRef;
import dev.weir.core.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Takes items and acks, gives back or forgets them; an ack without an answer is sent again. */
final class SimulatedConsumer {
  private static final long LEASE_MS = 300;

  private final String name;
  private final History history;
  private final Random random;
  private final List<Lease> held = new ArrayList<>();
  private List<Lease> acking = new ArrayList<>();
  private boolean asking;
  private int life;

  SimulatedConsumer(String name, History history, Random random) {
    this.name = name;
    this.history = history;
    this.random = random;
  }

  /** Nobody will answer what was asked before; what was handed out is still in hand. */
  void nodeIsGone() {
    life++;
    asking = false;
  }

  /**
   * @param diligent acks all that it holds, forgets and gives back nothing
   */
  void act(SimulatedNode node, boolean diligent) {
    if (asking) {
      return;
    }
    if (acking.isEmpty() && !held.isEmpty()) {
      workOn(node, diligent ? 2 : random.nextInt(6));
    } else if (!acking.isEmpty() && random.nextBoolean()) {
      ask(node, new Command.Ack(name, refs(acking)));
    } else {
      take(node, diligent);
    }
  }

  private void workOn(SimulatedNode node, int what) {
    if (what == 0) {
      held.clear();
    } else if (what == 1) {
      List<LeaseRef> refs = refs(held);
      held.clear();
      ask(node, new Command.Nack(name, refs, random.nextInt(3) * 20L, "no", false));
    } else {
      acking.addAll(held);
      held.clear();
      acking.forEach(lease -> history.ackSent(lease.item().body().toString()));
    }
  }

  private void take(SimulatedNode node, boolean diligent) {
    int max = 1 + random.nextInt(4);
    long waitMs = diligent || random.nextBoolean() ? 0 : 100;
    ask(node, new Command.Take(name, max, waitMs, LEASE_MS, null, refs(acking), false));
  }

  private static List<LeaseRef> refs(List<Lease> leases) {
    return leases.stream().map(lease -> new LeaseRef(lease.item().id(), lease.fence())).toList();
  }

  private void ask(SimulatedNode node, Command command) {
    asking = true;
    node.request(command, new Call(life, List.copyOf(acking)));
  }

  private final class Call implements SimulatedNode.Client {
    private final int askedIn;
    private final List<Lease> acked;

    Call(int askedIn, List<Lease> acked) {
      this.askedIn = askedIn;
      this.acked = acked;
    }

    @Override
    public String from() {
      return name;
    }

    @Override
    public void answered(Reply reply) {
      if (reply instanceof Reply.Taken taken) {
        taken.leases().forEach(history::delivered);
        done(taken.acks());
        if (askedIn == life) {
          held.addAll(taken.leases());
        }
      } else if (reply instanceof Reply.Leases leases) {
        done(leases);
      } else {
        throw new AssertionError(name + " was answered " + reply);
      }
      if (askedIn == life) {
        asking = false;
        acking = new ArrayList<>();
      }
    }

    private void done(Reply.Leases leases) {
      for (Lease lease : acked) {
        if (leases.done().contains(lease.item().id())) {
          history.ackDone(lease.item().body().toString());
        }
      }
    }

    @Override
    public void outcomeUnknown() {
      if (askedIn == life) {
        asking = false;
      }
    }
  }
}
