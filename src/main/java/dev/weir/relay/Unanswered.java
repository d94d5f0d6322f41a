package dev.weir.relay;

/**
 * The requests of one connection that are not answered. Those that may wait in a line are counted
 * apart: there can be many of them for long, and acks that come behind them must still be read.
 */
final class Unanswered {
  private final RelayLimits limits;
  private int waiting;
  private long waitingBytes;
  private int undecided;
  private long undecidedBytes;

  Unanswered(RelayLimits limits) {
    this.limits = limits;
  }

  /** Whether a request of this size may wait too. */
  boolean hasRoomToWait(int bytes) {
    return waiting < limits.waitingMax() && waitingBytes + bytes <= limits.waitingBytesMax();
  }

  /** Whether so much is undecided that nothing more should be read. */
  boolean isFull() {
    return undecided >= limits.undecidedMax() || undecidedBytes >= limits.undecidedBytesMax();
  }

  void sent(boolean waits, int bytes) {
    count(waits, 1, bytes);
  }

  void answered(boolean waits, int bytes) {
    count(waits, -1, -bytes);
  }

  private void count(boolean waits, int requests, int bytes) {
    if (waits) {
      waiting += requests;
      waitingBytes += bytes;
    } else {
      undecided += requests;
      undecidedBytes += bytes;
    }
  }

  int waiting() {
    return waiting;
  }

  boolean isEmpty() {
    return waiting + undecided == 0;
  }
}
