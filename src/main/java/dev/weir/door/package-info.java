/**
 * What every door has in common: where it listens, how many may come in and under which names, what
 * they may send and hear, and the word that goes out when one of them leaves.
 *
 * <p>A door turns what its clients speak into the messages of {@code docs/protocol.md} and sends
 * them over the event bus, as any other client of a queue does: it knows the addresses, never the
 * queue. The doors themselves are {@code dev.weir.bridge}, {@code dev.weir.socket} and {@code
 * dev.weir.http}.
 */
package dev.weir.door;
