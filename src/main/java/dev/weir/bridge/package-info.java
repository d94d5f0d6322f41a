/**
 * The TCP event-bus bridge: programs that are not Vert.x speak to queues over a plain socket, in
 * the framing of Vert.x' own bridge (four bytes of length, big-endian, and so many bytes of JSON).
 *
 * <p>It is a server of our own because the stock one can not face a network: there a length is
 * believed before it is checked, one bad frame wedges its connection, and nothing is bounded. Here
 * whatever a peer sends costs at most its own connection. {@code FrameDecoder} cuts the stream into
 * frames, {@code FrameWriter} writes them, {@code BridgeConnection} opens and closes the tap; what
 * frames mean is the {@code relay} room's.
 *
 * <p>Everything runs on the one context of {@code BridgeVerticle}.
 */
package dev.weir.bridge;
