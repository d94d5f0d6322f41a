package dev.weir.relay;

import dev.weir.core.Limit;
import dev.weir.protocol.Fields;
import dev.weir.protocol.RequestException;

/**
 * The most that one connection may take of the node, and all of them together.
 *
 * @param frameBytesMax a longer frame is refused before any of it is kept, and its connection ends
 * @param bufferedBytesMax what the begun frames of all connections hold together; the connection
 *     that goes past it ends
 * @param waitingMax requests of a connection that may wait in a line of a queue (a put or take with
 *     {@code waitMs} above 0, from when it comes until it is answered); more are refused with 429
 * @param waitingBytesMax the bytes of the frames that brought those
 * @param undecidedMax all other requests of a connection that are not answered; at that many, and
 *     at so many bytes of them, nothing more is read until some are
 * @param undecidedBytesMax see there
 * @param registrationsMax addresses that a connection listens to; more are refused
 * @param owedMax messages that a connection was sent and has not replied to; the oldest are
 *     forgotten
 * @param unwrittenBytesMax answers that a connection has not taken yet; at so many bytes nothing
 *     more is read from it, and what is published to it is dropped
 * @param overrunBytesMax a connection that is owed more than this is ended
 * @param unreadMs a connection ends that took nothing of its answers for so long
 * @param idleMs a connection ends that sent no whole frame, took no answer and waited for none for
 *     so long
 */
public record RelayLimits(
    int frameBytesMax,
    long bufferedBytesMax,
    int waitingMax,
    long waitingBytesMax,
    int undecidedMax,
    long undecidedBytesMax,
    int registrationsMax,
    int owedMax,
    long unwrittenBytesMax,
    long overrunBytesMax,
    long unreadMs,
    long idleMs) {
  private static final int MIB = 1 << 20;
  private static final int FRAME_BYTES_MOST = 1 << 30;
  private static final long BYTES_MOST = 1L << 40;

  /** Of doors for programs. */
  public static final RelayLimits OF_PROGRAMS =
      new RelayLimits(
          8 * MIB, 64 * MIB, 1000, 64 * MIB, 256, 16 * MIB, 100, 1000, MIB, 32 * MIB, 30_000,
          300_000);

  /**
   * Reads them from a door's object.
   *
   * @param door its name there
   * @param fallback those that hold where nothing is said
   * @throws RequestException where one is out of range, or two contradict each other
   */
  public static RelayLimits read(String door, Fields fields, RelayLimits fallback) {
    return new RelayLimits(
            (int) fields.number("frameBytesMax", fallback.frameBytesMax, 1, FRAME_BYTES_MOST),
            bytes(fields, "bufferedBytesMax", fallback.bufferedBytesMax),
            count(fields, "waitingMax", fallback.waitingMax),
            bytes(fields, "waitingBytesMax", fallback.waitingBytesMax),
            count(fields, "undecidedMax", fallback.undecidedMax),
            bytes(fields, "undecidedBytesMax", fallback.undecidedBytesMax),
            count(fields, "registrationsMax", fallback.registrationsMax),
            count(fields, "owedMax", fallback.owedMax),
            bytes(fields, "unwrittenBytesMax", fallback.unwrittenBytesMax),
            bytes(fields, "overrunBytesMax", fallback.overrunBytesMax),
            count(fields, "unreadMs", fallback.unreadMs),
            count(fields, "idleMs", fallback.idleMs))
        .checked(door);
  }

  private static int count(Fields fields, String name, long fallback) {
    return (int) fields.number(name, fallback, 1, Limit.MOST);
  }

  private static long bytes(Fields fields, String name, long fallback) {
    return fields.number(name, fallback, 1, BYTES_MOST);
  }

  private RelayLimits checked(String door) {
    notAbove(door, "frameBytesMax", frameBytesMax, "bufferedBytesMax", bufferedBytesMax);
    notAbove(door, "frameBytesMax", frameBytesMax, "waitingBytesMax", waitingBytesMax);
    notAbove(door, "unwrittenBytesMax", unwrittenBytesMax, "overrunBytesMax", overrunBytesMax);
    return this;
  }

  private static void notAbove(
      String door, String low, long lowValue, String high, long highValue) {
    if (lowValue > highValue) {
      throw RequestException.bad(
          "%1$s.%2$s is %3$d: it may not be above %1$s.%4$s, which is %5$d",
          door, low, lowValue, high, highValue);
    }
  }
}
