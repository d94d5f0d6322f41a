package dev.weir.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;
import java.util.concurrent.TimeUnit;

/**
 * One connection as the wire sees it: since when the head of a request is arriving, since when
 * nothing happens, since when nothing of an answer is taken. Vert.x tells of a request only once
 * its head is there, so that this sits in Netty's pipeline, next to the socket. On the connection's
 * event loop.
 */
final class Line extends ChannelInboundHandlerAdapter {
  private final Channel channel;
  private State state = State.HEAD;
  private long sinceNanos = System.nanoTime();
  private long pendingBytes;
  private long currentBytes;
  private long takenNanos = sinceNanos;
  private ChannelHandlerContext wire;

  private enum State {
    /** The head of a request is arriving, or is due as the connection is new. */
    HEAD,
    /** A request is being read and answered. */
    REQUEST,
    /** Between requests: nothing is owed. */
    IDLE,
    /** It carries web-socket frames now: whoever reads them watches it. */
    WEB_SOCKET
  }

  /** Finds the channel of a new connection, and joins its pipeline. */
  Line(HttpConnection connection) {
    channel = ((ConnectionBase) connection).channel();
    channel.pipeline().addFirst("line", this);
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    wire = context;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object bytes) {
    if (state == State.IDLE) {
      enter(State.HEAD);
    }
    context.fireChannelRead(bytes);
  }

  private void enter(State next) {
    if (state != State.WEB_SOCKET) {
      state = next;
      sinceNanos = System.nanoTime();
    }
  }

  /** The head of a request is there. */
  void asked() {
    enter(State.REQUEST);
  }

  /** Its answer is written. */
  void answered() {
    enter(State.IDLE);
  }

  void isWebSocket() {
    enter(State.WEB_SOCKET);
  }

  /** Whether the head of a request has been arriving for too long. */
  boolean isLate(long nowNanos, long headerMs) {
    return state == State.HEAD && isOver(nowNanos - sinceNanos, headerMs);
  }

  /** Whether nothing has happened for too long. */
  boolean isIdle(long nowNanos, long idleMs) {
    return state == State.IDLE && isOver(nowNanos - sinceNanos, idleMs);
  }

  /** Whether the client owes it to take bytes, and has taken none for too long; asked regularly. */
  boolean isUnread(long nowNanos, long unreadMs) {
    ChannelOutboundBuffer outbound = channel.unsafe().outboundBuffer();
    long pending = outbound == null ? 0 : outbound.totalPendingWriteBytes();
    long current = outbound == null ? 0 : outbound.currentProgress();
    if (pending == 0 || pending != pendingBytes || current != currentBytes) {
      pendingBytes = pending;
      currentBytes = current;
      takenNanos = nowNanos;
    }
    return state != State.WEB_SOCKET && isOver(nowNanos - takenNanos, unreadMs);
  }

  private static boolean isOver(long nanos, long ms) {
    return nanos > TimeUnit.MILLISECONDS.toNanos(ms);
  }

  /** Runs this once the connection is closed, whatever became of it before. */
  void onClosed(Runnable work) {
    channel.closeFuture().addListener(closed -> work.run());
  }

  /** Closes at once: an ordinary close waits until a client that does not read has read. */
  void abort() {
    wire.close();
  }
}
