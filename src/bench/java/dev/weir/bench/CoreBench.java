package dev.weir.bench;

import dev.weir.core.Body;
import dev.weir.core.Caller;
import dev.weir.core.Command;
import dev.weir.core.Lease;
import dev.weir.core.LeaseRef;
import dev.weir.core.Limit;
import dev.weir.core.Moment;
import dev.weir.core.Outcome;
import dev.weir.core.QueueState;
import dev.weir.core.Reply;
import dev.weir.core.Settings;
import dev.weir.core.WorkQueue;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;

/** The core alone: CPU of a put + take + ack cycle at several depths, memory an item, a freeze. */
public final class CoreBench {
  private static final Caller NOBODY = () -> null;
  private static final int CYCLES = 1_000_000;
  private static final long NOW_MS = 1_700_000_000_000L;

  private final WorkQueue queue;
  private long position;
  private long fence;
  private long sink;

  private CoreBench(long capacity) {
    Settings settings =
        Settings.DEFAULT
            .with(Limit.CAPACITY, capacity)
            .with(Limit.CAPACITY_BYTES, 1L << 40)
            .with(Limit.WAITERS_MAX, 100_000);
    queue = new WorkQueue(new QueueState(settings), () -> ++fence);
  }

  public static void main(String[] args) {
    cycles("warm-up", 1000, 0);
    cycles("warm-up", 1000, 0);
    double shallow = cycles("depth 1,000", 1000, 0);
    double deep = cycles("depth 1,000,000", 1_000_000, 0);
    double alone = cycles("depth 1,000, 1 waiting take", 1000, 1);
    double crowded = cycles("depth 1,000, 10,000 waiting takes", 1000, 10_000);
    System.out.printf(
        Locale.ROOT,
        "ratios: deep / shallow %.2f, 10,000 waiters / 1 waiter %.2f%n",
        deep / shallow,
        crowded / alone);
    memory();
  }

  private static double cycles(String name, int depth, int waiters) {
    CoreBench bench = new CoreBench(depth + 10L);
    for (int item = 0; item < depth; item++) {
      bench.put();
    }
    if (waiters > 0) {
      bench.step(new Command.Pause(dev.weir.core.Side.CONSUME, true, null));
      for (int waiter = 0; waiter < waiters; waiter++) {
        bench.step(new Command.Take("c", 1, 20_000, -1, null, List.of(), false));
      }
    }
    long started = cpuNanos();
    for (int cycle = 0; cycle < CYCLES; cycle++) {
      if (waiters > 0) {
        bench.waitingCycle();
      } else {
        bench.cycle();
      }
    }
    double micros = (cpuNanos() - started) / 1e3 / CYCLES;
    System.out.printf(
        Locale.ROOT, "%-36s %.3f us of CPU a cycle (%d)%n", name, micros, bench.sink & 1);
    return micros;
  }

  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  /** Moves the time a little, so that no lease ends. */
  private Outcome step(Command command) {
    Outcome outcome =
        queue.step(command, NOBODY, new Moment(NOW_MS, position, position + 1, position));
    position += outcome.events().isEmpty() ? 0 : 1;
    return outcome;
  }

  private void put() {
    Body body = new Body(new byte[100]);
    step(new Command.Put("p", 0, null, -1, List.of(new Command.PutItem(body, null, 0))));
  }

  private void cycle() {
    put();
    Outcome taken = step(new Command.Take("c", 1, 0, -1, null, List.of(), false));
    Lease lease = ((Reply.Taken) taken.answers().get(0).reply()).leases().get(0);
    step(new Command.Ack("c", List.of(new LeaseRef(lease.id(), lease.fence()))));
    sink += lease.id();
  }

  /** While takes wait in line at a paused side: a put, a purge, a take that must not overtake. */
  private void waitingCycle() {
    put();
    step(new Command.Purge(dev.weir.core.ItemState.READY, 1, 0, null, 0));
    step(new Command.Take("c", 1, 0, -1, null, List.of(), false));
  }

  private static void memory() {
    int items = 1_000_000;
    long before = usedBytes();
    CoreBench bench = new CoreBench(items + 10L);
    for (int item = 0; item < items; item++) {
      bench.put();
    }
    bench.step(new Command.Tick());
    long perItem = (usedBytes() - before) / items - 100;
    System.out.printf("a million 100-byte items: bodies + %d bytes an item%n", perItem);
    for (int round = 0; round < 3; round++) {
      long started = System.nanoTime();
      Object image = bench.queue.state().freeze();
      System.out.printf(
          Locale.ROOT,
          "freezing them took %.2f ms (%d)%n",
          (System.nanoTime() - started) / 1e6,
          image.hashCode() & 1);
    }
  }

  private static long usedBytes() {
    for (int round = 0; round < 4; round++) {
      System.gc();
    }
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
