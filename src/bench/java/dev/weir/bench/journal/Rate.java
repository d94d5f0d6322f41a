package dev.weir.bench.journal;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/** Measures how many records a second a side takes with a number of them outstanding. */
final class Rate {
  private final Side side;
  private final long end;
  private final AtomicLong done = new AtomicLong();
  private final CountDownLatch chains;

  private Rate(Side side, int outstanding, double seconds) {
    this.side = side;
    this.chains = new CountDownLatch(outstanding);
    this.end = System.nanoTime() + (long) (seconds * 1e9);
  }

  /** Each record's end begins the next, so that no thread of the benchmark's stands between. */
  static double perSecond(Side side, int outstanding, double seconds) throws InterruptedException {
    Rate rate = new Rate(side, outstanding, seconds);
    long began = System.nanoTime();
    side.run(
        () -> {
          for (int i = 0; i < outstanding; i++) {
            rate.next();
          }
        });
    rate.chains.await();
    double elapsed = (System.nanoTime() - began) / 1e9;
    side.reset();
    return rate.done.get() * side.records() / elapsed;
  }

  private void next() {
    if (System.nanoTime() >= end) {
      chains.countDown();
    } else {
      side.begin(
          () -> {
            done.incrementAndGet();
            next();
          });
    }
  }
}
