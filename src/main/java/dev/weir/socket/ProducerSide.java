package dev.weir.socket;

import dev.weir.core.Body;
import dev.weir.core.Command;
import dev.weir.protocol.Code;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Puts what a producer sends, in order, one request at a time: as many items as have come while the
 * one before was on its way. Waits in line as long as it takes; what was received goes in although
 * its sender is gone.
 */
final class ProducerSide implements SocketConnection.Side {
  private static final int BATCH_MAX = 100;
  private static final long BATCH_BYTES_MAX = 1 << 20;
  private static final int WAITING_MAX = 256;

  /** A wait at the queue; asked anew with half of it over, which keeps the place in line. */
  private static final long WAIT_MS = 20_000;

  private static final long SAY_AFTER_MS = 1000;
  private static final long RETRY_FIRST_MS = 100;
  private static final long RETRY_MOST_MS = 5000;
  private static final Set<Integer> PASSING =
      Set.of(Code.TOO_MANY_WAITING.number, Code.NOT_READY.number, Code.OUTCOME_UNKNOWN.number);

  private final SocketConnection connection;
  private final Deque<Item> waiting = new ArrayDeque<>();
  private final String session = UUID.randomUUID().toString();
  private List<Item> batch = List.of();
  private long waitingBytes;
  private long nextSeq;
  private long asked;
  private long retryMs = RETRY_FIRST_MS;
  private int batchMost = 1;
  private long sayTimer = -1;
  private long againTimer = -1;
  private boolean left;

  /** An item on its way in. */
  private record Item(String producer, byte[] bytes) {}

  ProducerSide(SocketConnection connection) {
    this.connection = connection;
  }

  @Override
  public String type() {
    return "producer";
  }

  @Override
  public void object(JsonObject object, byte[] bytes) {
    for (String field : List.of("producer_id", "value", "timestamp")) {
      if (!(object.getValue(field) instanceof Number)) {
        connection.error(field + " must be a number");
        return;
      }
    }
    waiting.add(new Item(object.getValue("producer_id").toString(), bytes));
    waitingBytes += bytes.length;
    putNext();
  }

  @Override
  public boolean isFull() {
    return waiting.size() >= WAITING_MAX || waitingBytes >= BATCH_BYTES_MAX;
  }

  private void putNext() {
    if (!batch.isEmpty()) {
      return;
    }
    batch = nextBatch();
    if (!batch.isEmpty()) {
      retryMs = RETRY_FIRST_MS;
      sayTimer = connection.door().vertx().setTimer(SAY_AFTER_MS, timer -> sayThatItWaits());
      ask();
    } else if (connection.isEnded() && !left) {
      left = true;
      connection.leave(List.of());
    }
    connection.checkTap();
  }

  /** A request has one producer. */
  private List<Item> nextBatch() {
    List<Item> next = new ArrayList<>();
    long bytes = 0;
    while (!waiting.isEmpty()
        && next.size() < batchMost
        && (next.isEmpty() || next.get(0).producer.equals(waiting.peek().producer))
        && (next.isEmpty() || bytes + waiting.peek().bytes.length <= BATCH_BYTES_MAX)) {
      Item item = waiting.remove();
      bytes += item.bytes.length;
      waitingBytes -= item.bytes.length;
      next.add(item);
    }
    return next;
  }

  private void sayThatItWaits() {
    sayTimer = -1;
    batchMost = 1;
    connection
        .door()
        .out()
        .accept("Queue is full. Producer " + batch.get(0).producer + " is waiting.");
  }

  private void ask() {
    List<Command.PutItem> items =
        batch.stream().map(item -> new Command.PutItem(new Body(item.bytes), null, 0)).toList();
    Command.Put put = new Command.Put(batch.get(0).producer, WAIT_MS, session, nextSeq, items);
    long own = ++asked;
    againTimer = connection.door().vertx().setTimer(WAIT_MS / 2, timer -> again(own));
    connection
        .door()
        .produce(connection.name(), put)
        .onSuccess(answer -> answered(own, answer))
        .onFailure(cause -> failed(own, cause));
  }

  /** The same request, before its wait is over: it takes over its own place in line. */
  private void again(long own) {
    if (own == asked) {
      ask();
    }
  }

  private void answered(long own, JsonObject answer) {
    int stored = answer.getJsonArray("ids").size();
    if (own == asked) {
      connection.door().vertx().cancelTimer(againTimer);
      asked++;
      goOnAfter(stored);
    }
  }

  private void goOnAfter(int stored) {
    StringBuilder lines = new StringBuilder();
    for (Item item : batch.subList(0, stored)) {
      lines.append(lines.isEmpty() ? "" : System.lineSeparator());
      lines.append("Produced: ").append(SocketDoor.line(item.bytes));
    }
    if (stored > 0) {
      connection.door().out().accept(lines.toString());
    }
    nextSeq += stored;
    batch = batch.subList(stored, batch.size());
    if (batch.isEmpty()) {
      over();
    } else {
      ask();
    }
  }

  /** The batch is done; where it did not have to wait, the next may be larger. */
  private void over() {
    if (sayTimer >= 0 && connection.door().vertx().cancelTimer(sayTimer)) {
      batchMost = Math.min(BATCH_MAX, 2 * batchMost);
    }
    sayTimer = -1;
    batch = List.of();
    putNext();
  }

  private void failed(long own, Throwable cause) {
    if (own != asked) {
      return;
    }
    connection.door().vertx().cancelTimer(againTimer);
    long next = ++asked;
    if (mayPass(cause)) {
      connection.door().vertx().setTimer(retryMs, timer -> again(next));
      retryMs = Math.min(RETRY_MOST_MS, 2 * retryMs);
      return;
    }
    refused(cause.getMessage());
  }

  /** The queue will never take it: the sender is told, and the next one's turn comes. */
  private void refused(String sentence) {
    if (batch.size() > 1) {
      List<Item> single = batch.subList(1, batch.size());
      for (int i = single.size() - 1; i >= 0; i--) {
        waiting.addFirst(single.get(i));
        waitingBytes += single.get(i).bytes.length;
      }
      batch = List.of(batch.get(0));
      batchMost = 1;
      ask();
      return;
    }
    nextSeq++;
    if (sentence.startsWith(Code.TOO_LARGE.word)) {
      connection.end(sentence);
    } else {
      connection.error(sentence);
    }
    over();
  }

  private static boolean mayPass(Throwable cause) {
    return !(cause instanceof ReplyException failure)
        || failure.failureType() != ReplyFailure.RECIPIENT_FAILURE
        || PASSING.contains(failure.failureCode())
            && !String.valueOf(failure.getMessage()).startsWith(Code.TOO_OLD.word);
  }

  @Override
  public void gone() {
    // what was received goes in all the same
  }

  @Override
  public void ended() {
    putNext();
  }
}
