package dev.weir.socket;

import dev.weir.door.Connections.Unwritten;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Answers a consumer's requests one after another: each with an item, or with {@code queue_empty}
 * after a second. A request acknowledges what was written before it arrived; what was not is given
 * back when the client is gone.
 */
final class ConsumerSide implements SocketConnection.Side {
  private static final Buffer EMPTY = Buffer.buffer("queue_empty");
  private static final long WAIT_MS = 1000;
  private static final int REQUESTS_MAX = 64;
  private static final long RETRY_MS = 500;

  /** So often an ack is sent for a client that is gone; its lease ends in any case. */
  private static final int LAST_ACKS_MAX = 20;

  private final SocketConnection connection;
  private final Deque<List<JsonObject>> requests = new ArrayDeque<>();
  private final List<Unwritten> unwritten = new ArrayList<>();
  private List<JsonObject> written = new ArrayList<>();
  private boolean busy;
  private boolean left;
  private int acking;

  ConsumerSide(SocketConnection connection) {
    this.connection = connection;
  }

  @Override
  public String type() {
    return "consumer";
  }

  @Override
  public void object(JsonObject object, byte[] bytes) {
    if (connection.isClosed()) {
      return;
    }
    requests.add(written);
    written = new ArrayList<>();
    next();
  }

  @Override
  public boolean isFull() {
    return requests.size() >= REQUESTS_MAX;
  }

  private void next() {
    if (busy) {
      return;
    }
    if (connection.isClosed()) {
      requests.clear();
      connection.checkTap();
      leaveWhenDone();
      return;
    }
    if (!requests.isEmpty()) {
      busy = true;
      ack(requests.remove(), 0);
      take();
    }
    connection.checkTap();
  }

  /** Beside the take, so that it need not wait for the ack's flush. */
  private void ack(List<JsonObject> leases, int failures) {
    if (leases.isEmpty() || connection.isClosed() && failures > LAST_ACKS_MAX) {
      leaveWhenDone();
      return;
    }
    JsonObject ack =
        new JsonObject()
            .put("op", "ack")
            .put("consumer", connection.name())
            .put("leases", new JsonArray(leases));
    acking++;
    connection
        .door()
        .consume(connection.name(), ack)
        .onSuccess(
            answer -> {
              acking--;
              leaveWhenDone();
            })
        .onFailure(
            cause -> {
              acking--;
              connection.door().vertx().setTimer(RETRY_MS, timer -> ack(leases, failures + 1));
            });
  }

  private void take() {
    JsonObject take =
        new JsonObject()
            .put("op", "take")
            .put("consumer", connection.name())
            .put("waitMs", WAIT_MS)
            .put("autoAck", connection.door().settings().autoAck());
    connection
        .door()
        .consume(connection.name(), take)
        .onSuccess(answer -> taken(answer.getJsonArray("items", new JsonArray())))
        .onFailure(
            cause -> connection.door().vertx().setTimer(WAIT_MS, timer -> taken(new JsonArray())));
  }

  private void taken(JsonArray items) {
    if (items.isEmpty()) {
      connection.door().out().accept("Queue is empty. Consumer is waiting.");
      write(EMPTY, null);
    } else {
      JsonObject item = items.getJsonObject(0);
      write(item.getBuffer("body"), item);
    }
  }

  /**
   * @param item null where there was none
   */
  private void write(Buffer bytes, JsonObject item) {
    long unread =
        connection
            .door()
            .vertx()
            .setTimer(connection.door().settings().unreadMs(), timer -> connection.abort());
    connection
        .write(bytes)
        .onComplete(
            done -> {
              connection.door().vertx().cancelTimer(unread);
              if (item != null) {
                isWritten(item, bytes, done.succeeded());
              }
              busy = false;
              next();
            });
  }

  private void isWritten(JsonObject item, Buffer bytes, boolean arrived) {
    long id = item.getLong("id");
    long fence = item.getLong("fence");
    if (!arrived) {
      unwritten.add(new Unwritten(connection.door().settings().queue(), id, fence));
      return;
    }
    connection.door().out().accept("Consumed: " + SocketDoor.line(bytes.getBytes()));
    if (!connection.door().settings().autoAck()) {
      written.add(new JsonObject().put("id", id).put("fence", fence));
    }
  }

  @Override
  public void gone() {
    requests.clear();
  }

  @Override
  public void ended() {
    requests.clear();
    next();
  }

  /** What is still held ends with the connection, once the last take and ack were answered. */
  private void leaveWhenDone() {
    if (connection.isEnded() && !busy && acking == 0 && !left) {
      left = true;
      connection.leave(unwritten);
    }
  }
}
