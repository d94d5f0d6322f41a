package dev.weir.http;

import dev.weir.door.BufferedBytes;
import dev.weir.relay.BadFrame;
import dev.weir.relay.Client;
import dev.weir.relay.Relay;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.handler.sockjs.SockJSSocket;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * One page (or program) on a web socket. A web socket can not be told to wait in the middle of what
 * it carries, so that frames for which there is no room yet are kept, as many as there may wait and
 * as long as what may be undecided; whoever sends still more is sent away. On the door's context.
 */
final class SockJsClient implements Client.Carrier {
  private final Relay relay;
  private final BufferedBytes buffered;
  private final SockJSSocket socket;
  private final Line line;
  private final Client client;
  private final Queue<Buffer> kept = new ArrayDeque<>();
  private long keptBytes;
  private boolean working;
  private boolean over;

  SockJsClient(Relay relay, BufferedBytes buffered, SockJSSocket socket, Line line, String name) {
    this.relay = relay;
    this.buffered = buffered;
    this.socket = socket;
    this.line = line;
    this.client = new Client(relay, name, this);
    socket.handler(this::received);
  }

  private void received(Buffer frame) {
    if (over) {
      return;
    }
    if (frame.length() > relay.limits().frameBytesMax()) {
      client.refuse(BadFrame.TOO_LARGE);
    } else if (kept.isEmpty() && client.hasRoom()) {
      client.take(frame);
    } else {
      keep(frame);
    }
  }

  private void keep(Buffer frame) {
    if (kept.size() >= relay.limits().waitingMax()
        || keptBytes + frame.length() > relay.limits().undecidedBytesMax()
        || !buffered.take(frame.length())) {
      abort();
      return;
    }
    kept.add(frame);
    keptBytes += frame.length();
  }

  @Override
  public void roomAgain() {
    if (working) {
      return;
    }
    working = true;
    try {
      while (!over && !kept.isEmpty() && client.hasRoom()) {
        client.take(letGo());
      }
    } finally {
      working = false;
    }
  }

  private Buffer letGo() {
    Buffer frame = kept.remove();
    keptBytes -= frame.length();
    buffered.give(frame.length());
    return frame;
  }

  void sweep() {
    client.sweep();
  }

  void ended() {
    over = true;
    while (!kept.isEmpty()) {
      letGo();
    }
    client.ended();
  }

  @Override
  public int overheadBytes() {
    return 0;
  }

  @Override
  public void send(Buffer frame) {
    if (over) {
      return;
    }
    int bytes = frame.length();
    socket.write(frame).onSuccess(taken -> client.written(bytes));
  }

  @Override
  public void abort() {
    over = true;
    line.abort();
  }
}
