package dev.weir.sim;

import dev.weir.core.Limit;
import dev.weir.core.Settings;
import dev.weir.journal.JournalCheck;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;

/** One seed's world: a disk, a clock, clients, and a node that dies again and again. */
final class World {
  private static final int ACTIONS = 600;
  private static final int DEATHS = 6;
  private static final int PATIENCE = 20_000;

  final History history = new History();
  int deaths;
  int snapshots;
  long cutBatches;
  private final Random random;
  private final SimulatedDisk disk = new SimulatedDisk();
  private final Settings settings;
  private final UUID identity;
  private final List<SimulatedProducer> producers;
  private final List<SimulatedConsumer> consumers;
  private long nowMs = 1_000_000;
  private SimulatedNode node;

  World(long seed) {
    random = new Random(seed);
    identity = new UUID(seed, 1);
    settings =
        Settings.DEFAULT.with(
            Map.of(
                Limit.CAPACITY, 2L + random.nextInt(20),
                Limit.ATTEMPTS_MAX, 2L + random.nextInt(100),
                Limit.DEAD_CAPACITY, 1L + random.nextInt(5),
                Limit.BATCH_ITEMS_MAX, 4L,
                Limit.SESSION_WINDOW, 8L));
    producers =
        IntStream.range(0, 3)
            .mapToObj(i -> new SimulatedProducer("p" + i, history, random))
            .toList();
    consumers =
        IntStream.range(0, 3)
            .mapToObj(i -> new SimulatedConsumer("c" + i, history, random))
            .toList();
  }

  World run() {
    start();
    for (int death = 0; death < DEATHS; death++) {
      int actions = 1 + random.nextInt(ACTIONS / DEATHS * 2);
      maybeBreakTheDisk();
      for (int i = 0; i < actions && node.failure() == null; i++) {
        act();
      }
      die();
      start();
    }
    drain();
    return this;
  }

  private void maybeBreakTheDisk() {
    switch (random.nextInt(6)) {
      case 0 -> disk.failOnceAfter(random.nextInt(60));
      case 1 -> disk.breakAfter(random.nextInt(60));
      case 2 -> disk.capacityBytes(disk.usedBytes() + random.nextInt(8000));
      default -> {
        // most lives have a good disk
      }
    }
  }

  private void act() {
    int what = random.nextInt(100);
    if (what < 60) {
      node.threads.runOne(random);
    } else if (!node.isServing()) {
      node.threads.runOne(random);
    } else if (what < 74) {
      producers.get(random.nextInt(producers.size())).act(node, true);
    } else if (what < 90) {
      consumers.get(random.nextInt(consumers.size())).act(node, false);
    } else if (what < 98) {
      nowMs += random.nextInt(60);
      node.tick();
    } else {
      node.checkpoint().onSuccess(bytes -> snapshots++);
    }
  }

  /** The process is killed, or the machine loses power with it. */
  private void die() {
    deaths++;
    if (random.nextInt(3) > 0) {
      powerGoesInTheMiddleOfSomething();
      disk.crash(random);
    } else {
      disk.mend();
    }
    disk.capacityBytes(SimulatedDisk.UNBOUNDED);
    history.crashed();
    producers.forEach(SimulatedProducer::nodeIsGone);
    consumers.forEach(SimulatedConsumer::nodeIsGone);
  }

  /** From some step on nothing reaches the disk, and nobody is told any more. */
  private void powerGoesInTheMiddleOfSomething() {
    producers.forEach(producer -> act(() -> producer.act(node, true)));
    disk.breakAfter(random.nextInt(5));
    for (int i = random.nextInt(30); i > 0 && node.failure() == null; i--) {
      node.threads.runOne(random);
    }
  }

  private void act(Runnable action) {
    if (node.isServing()) {
      action.run();
    }
  }

  /** Starts a node; sometimes the machine dies again while it opens. */
  private void start() {
    if (random.nextInt(4) == 0) {
      disk.breakAfter(random.nextInt(30));
      node = new SimulatedNode(disk, settings, identity, () -> nowMs);
      node.threads.runAll();
      disk.crash(random);
    }
    verify();
    node = new SimulatedNode(disk, settings, identity, () -> nowMs);
    node.threads.runAll();
    if (!node.isServing()) {
      throw new AssertionError("the journal did not open: " + node.failure(), node.failure());
    }
    cutBatches += node.cutBatches();
    history.recovered(node.state().freeze(), settings.get(Limit.CAPACITY));
  }

  /** What is on the disk contradicts itself nowhere. */
  private void verify() {
    try {
      long before = disk.steps();
      JournalCheck.check(disk, number -> "q", number -> settings);
      if (disk.steps() != before) {
        throw new AssertionError("verify changed something");
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** No more faults: everything that was stored must come out. */
  private void drain() {
    for (int i = 0; i < PATIENCE && !isDrained(); i++) {
      producers.forEach(producer -> producer.act(node, false));
      consumers.forEach(consumer -> consumer.act(node, true));
      node.threads.runAll();
      nowMs += 20;
      node.tick();
      node.threads.runAll();
    }
    if (!isDrained()) {
      throw new AssertionError("not drained: " + node.state().count() + " items are left");
    }
    history.drained(node.state().freeze());
  }

  private boolean isDrained() {
    boolean fullOfHeld = node.state().count() == settings.get(Limit.CAPACITY);
    return aliveCount() == 0
        && (fullOfHeld || producers.stream().allMatch(SimulatedProducer::isIdle));
  }

  /** Held items wait for room among the dead, which nobody makes here. */
  private int aliveCount() {
    return node.state().count() - node.state().count(dev.weir.core.ItemState.HELD);
  }
}
