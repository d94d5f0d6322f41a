package dev.weir.bridge;

import dev.weir.door.BufferedBytes;
import dev.weir.door.Connections;
import dev.weir.relay.BadFrame;
import dev.weir.relay.Client;
import dev.weir.relay.Relay;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;

/**
 * One client. Reads while there is room for what its requests bring, and stops reading while there
 * is none; ends where the stream is out of step or the client stands still. On the door's context.
 */
final class BridgeConnection implements Client.Carrier {

  private final Relay relay;
  private final NetSocket socket;
  private final FrameDecoder decoder;
  private final Client client;
  private final FrameWriter writer;
  private boolean reading = true;
  private boolean working;
  private boolean paused;

  BridgeConnection(Relay relay, BufferedBytes buffered, NetSocket socket, String name) {
    this.relay = relay;
    this.socket = socket;
    this.decoder = new FrameDecoder(relay.limits().frameBytesMax(), buffered);
    this.client = new Client(relay, name, this);
    this.writer =
        new FrameWriter(
            socket::write,
            work -> relay.context().runOnContext(nothing -> work.run()),
            client::written);
    socket.handler(this::received);
  }

  private void received(Buffer data) {
    if (reading) {
      decoder.append(data);
      work();
    }
  }

  /** Takes frames while there is room for them. */
  private void work() {
    if (working) {
      return;
    }
    working = true;
    try {
      boolean more = true;
      while (more && reading && client.hasRoom()) {
        more = step();
      }
    } finally {
      working = false;
    }
    openOrCloseTheTap();
  }

  private void openOrCloseTheTap() {
    boolean stop = reading && !client.hasRoom();
    if (stop && !paused) {
      paused = true;
      socket.pause();
    } else if (!stop && paused) {
      paused = false;
      socket.resume();
    }
  }

  /** One frame; whether there may be another. */
  private boolean step() {
    try {
      Buffer bytes = decoder.next();
      if (bytes == null) {
        return false;
      }
      client.take(bytes);
    } catch (BadFrame bad) {
      client.refuse(bad);
      if (!bad.isInStep()) {
        linger();
      }
    }
    return true;
  }

  /** Nothing more is read; what was asked is still answered. */
  private void linger() {
    stopReading();
    relay.vertx().setTimer(Connections.LINGER_MS, over -> abort());
  }

  private void stopReading() {
    reading = false;
    decoder.close();
  }

  void sweep() {
    client.sweep();
  }

  /** The socket is closed. */
  void ended() {
    stopReading();
    client.ended();
  }

  @Override
  public int overheadBytes() {
    return FrameWriter.LENGTH_BYTES;
  }

  @Override
  public void send(Buffer frame) {
    writer.add(frame);
  }

  @Override
  public void roomAgain() {
    if (paused) {
      work();
    }
  }

  /** An ordinary close waits until a client that does not read has read. */
  @Override
  public void abort() {
    ((NetSocketInternal) socket).channelHandlerContext().close();
  }
}
