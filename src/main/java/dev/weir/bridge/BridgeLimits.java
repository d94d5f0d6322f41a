package dev.weir.bridge;

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
public record BridgeLimits(
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

  /**
   * Reads them from a door's object.
   *
   * @throws RequestException where one is out of range, or two contradict each other
   */
  static BridgeLimits read(Fields fields) {
    return new BridgeLimits(
            (int) fields.number("frameBytesMax", 8 * MIB, 1, FRAME_BYTES_MOST),
            bytes(fields, "bufferedBytesMax", 64 * MIB),
            count(fields, "waitingMax", 1000),
            bytes(fields, "waitingBytesMax", 64 * MIB),
            count(fields, "undecidedMax", 256),
            bytes(fields, "undecidedBytesMax", 16 * MIB),
            count(fields, "registrationsMax", 100),
            count(fields, "owedMax", 1000),
            bytes(fields, "unwrittenBytesMax", MIB),
            bytes(fields, "overrunBytesMax", 32 * MIB),
            count(fields, "unreadMs", 30_000),
            count(fields, "idleMs", 300_000))
        .checked();
  }

  private static int count(Fields fields, String name, int fallback) {
    return (int) fields.number(name, fallback, 1, Limit.MOST);
  }

  private static long bytes(Fields fields, String name, long fallback) {
    return fields.number(name, fallback, 1, BYTES_MOST);
  }

  private BridgeLimits checked() {
    notAbove("frameBytesMax", frameBytesMax, "bufferedBytesMax", bufferedBytesMax);
    notAbove("frameBytesMax", frameBytesMax, "waitingBytesMax", waitingBytesMax);
    notAbove("unwrittenBytesMax", unwrittenBytesMax, "overrunBytesMax", overrunBytesMax);
    return this;
  }

  private static void notAbove(String low, long lowValue, String high, long highValue) {
    if (lowValue > highValue) {
      throw RequestException.bad(
          "bridge.%s is %d: it may not be above bridge.%s, which is %d",
          low, lowValue, high, highValue);
    }
  }
}
