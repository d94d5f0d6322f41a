package dev.weir.node;

import dev.weir.core.Fences;

/**
 * Fences of one journal: {@code epoch * 2^22 + counter}. When half of an epoch's are given the next
 * epoch is asked for, so that it is there before the rest is gone.
 */
final class EpochFences implements Fences {
  static final int COUNTER_BITS = 22;
  private static final long COUNTER_MOST = (1L << COUNTER_BITS) - 1;

  private final Runnable wantNextEpoch;
  private long epoch;
  private long counter;
  private long nextEpoch;
  private boolean asked;

  /**
   * @param wantNextEpoch called once an epoch; to be followed by {@link #nextEpochIs}
   */
  EpochFences(Runnable wantNextEpoch) {
    this.wantNextEpoch = wantNextEpoch;
  }

  void start(long durableEpoch) {
    epoch = durableEpoch;
    counter = 0;
    nextEpoch = 0;
    asked = false;
  }

  long epoch() {
    return epoch;
  }

  void nextEpochIs(long durableEpoch) {
    nextEpoch = durableEpoch;
  }

  @Override
  public long next() {
    if (counter >= COUNTER_MOST / 2 && !asked) {
      asked = true;
      wantNextEpoch.run();
    }
    if (counter == COUNTER_MOST) {
      if (nextEpoch == 0) {
        return 0;
      }
      start(nextEpoch);
    }
    return (epoch << COUNTER_BITS) + ++counter;
  }
}
