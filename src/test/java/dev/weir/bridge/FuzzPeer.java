package dev.weir.bridge;

import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.parsetools.RecordParser;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Feeds a bridge with soup, connection after connection, until the pot is empty. A connection is
 * left by a close or a cut, or has to show at the end that it is not wedged: it answers a later
 * ping, or it is closed where the soup asks for that.
 */
final class FuzzPeer {
  private final Vertx vertx;
  private final int port;
  private final int frameBytesMax;
  private final AtomicInteger pot;
  private final Random random;
  private final NetClient client;
  private final Promise<Void> done = Promise.promise();
  private int connections;
  private int pings;
  private int closes;

  FuzzPeer(Vertx vertx, int port, int frameBytesMax, AtomicInteger pot, long seed) {
    this.vertx = vertx;
    this.port = port;
    this.frameBytesMax = frameBytesMax;
    this.pot = pot;
    this.random = new Random(seed);
    this.client = vertx.createNetClient(new NetClientOptions().setTcpNoDelay(true));
  }

  /** Completes when the pot is empty; fails where a connection is not as it must be. */
  io.vertx.core.Future<Void> run() {
    next();
    return done.future();
  }

  int pings() {
    return pings;
  }

  int closes() {
    return closes;
  }

  private void next() {
    if (pot.get() <= 0) {
      done.tryComplete();
    } else {
      client.connect(port, "127.0.0.1").onSuccess(this::feed).onFailure(done::tryFail);
    }
  }

  private void feed(NetSocket socket) {
    String sign = "sign-" + connections++;
    Soup soup = new Soup(random, frameBytesMax);
    boolean[] alive = {false};
    socket.exceptionHandler(reset -> {});
    Promise<Void> over = Promise.promise();
    socket.closeHandler(closed -> over.tryComplete());
    listen(socket, sign, alive, over);
    Buffer bytes = Buffer.buffer();
    for (int frame = 1 + random.nextInt(40); frame > 0 && pot.getAndDecrement() > 0; frame--) {
      bytes.appendBytes(soup.next());
      if (random.nextInt(3) == 0) {
        socket.write(bytes);
        bytes = Buffer.buffer();
      }
    }
    boolean leaves = random.nextInt(4) == 0;
    if (!leaves) {
      bytes.appendBytes(soup.filler()).appendBytes(Soup.sign(sign));
    }
    boolean mustClose = soup.isClosed();
    socket.write(bytes);
    if (leaves) {
      socket.close();
    }
    long guard = vertx.setTimer(60_000, late -> over.tryFail("wedged: " + sign));
    over.future()
        .onComplete(
            result -> {
              vertx.cancelTimer(guard);
              judge(result.cause(), leaves || alive[0] != mustClose, sign);
              count(alive[0], mustClose);
              socket.close();
              next();
            });
  }

  private void count(boolean alive, boolean closed) {
    pings += alive ? 1 : 0;
    closes += closed ? 1 : 0;
  }

  private void judge(Throwable wedged, boolean asItMustBe, String sign) {
    if (wedged != null) {
      done.tryFail(wedged);
    } else if (!asItMustBe) {
      done.tryFail("closed or kept against the rule: " + sign);
    }
  }

  /** At the sign it pings; at the pong behind the sign it is known to be alive. */
  private void listen(NetSocket socket, String sign, boolean[] alive, Promise<Void> over) {
    boolean[] signed = {false};
    RecordParser parser = RecordParser.newFixed(4);
    int[] length = {0};
    parser.handler(
        bytes -> {
          if (length[0] == 0) {
            length[0] = bytes.getInt(0);
            parser.fixedSizeMode(length[0]);
            return;
          }
          length[0] = 0;
          parser.fixedSizeMode(4);
          String frame = bytes.toString();
          if (frame.contains("\"" + sign + "\"")) {
            signed[0] = true;
            socket.write(Buffer.buffer(Peer.frame("{\"type\":\"ping\"}")));
          } else if (signed[0] && frame.equals("{\"type\":\"pong\"}")) {
            alive[0] = true;
            over.tryComplete();
          }
        });
    socket.handler(parser);
  }
}
