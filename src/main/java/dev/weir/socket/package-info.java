/**
 * The door for the programs of the classroom: JSON objects one after another over a plain socket,
 * with no framing at all.
 *
 * <p>{@code ObjectCutter} finds where an object ends, however the bytes arrive, and keeps its very
 * bytes. A connection is a producer ({@code ProducerSide}) or a consumer ({@code ConsumerSide}) by
 * its first object. A producer that finds the queue full is not read from until there is room; what
 * a consumer was sent is acknowledged by its next request.
 */
package dev.weir.socket;
