package dev.weir.relay;

import dev.weir.door.Connections;
import dev.weir.door.Connections.Unwritten;
import dev.weir.protocol.Code;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.EncodeException;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Does what the frames of one connection say, and brings back what the bus answers. */
final class Dispatcher {
  private static final Logger LOG = Logger.getLogger(Dispatcher.class.getName());
  private static final String WEIR = "weir.";

  private final EventBus bus;
  private final RelayLimits limits;
  private final Permissions permissions;
  private final Dialect dialect;
  private final Registrations registrations;
  private final Unanswered unanswered;
  private final Outbox outbox;
  private final String name;
  private final Answers answers;

  /** What a connection does with answers beyond sending them on. */
  interface Answers {

    /** Whether nobody is there any more. */
    boolean isTooLate();

    /** Leases came for somebody who is not there any more. */
    void tooLate(List<Unwritten> leases);

    /** A request was answered: there may be room for another. */
    void answered();
  }

  Dispatcher(
      Relay relay,
      Registrations registrations,
      Unanswered unanswered,
      Outbox outbox,
      String name,
      Answers answers) {
    this.bus = relay.vertx().eventBus();
    this.limits = relay.limits();
    this.permissions = relay.permissions();
    this.dialect = relay.dialect();
    this.registrations = registrations;
    this.unanswered = unanswered;
    this.outbox = outbox;
    this.name = name;
    this.answers = answers;
  }

  /**
   * Does what a frame says.
   *
   * @param bytes how long the frame was
   * @throws BadFrame where it can not be done
   */
  void dispatch(Frame frame, int bytes) {
    switch (frame.type()) {
      case PING -> ping();
      case SEND -> send(frame, bytes);
      case PUBLISH -> publish(frame, bytes);
      case REGISTER -> register(frame);
      case UNREGISTER -> unregister(frame);
    }
  }

  private void ping() {
    if (dialect.pong() != null) {
      outbox.add(dialect.pong());
    }
  }

  private void denied(Frame frame) {
    outbox.add(dialect.error(Dialect.ACCESS_DENIED, frame));
  }

  /** What is published to a role of a queue has one receiver: it is bounded as what is sent is. */
  private void publish(Frame frame, int bytes) {
    if (!permissions.maySend(frame.address(), frame.body())) {
      denied(frame);
    } else if (QueueRequest.isRole(frame.address())) {
      ask(frame.withoutReplyAddress(), bytes);
    } else {
      bus.publish(frame.address(), frame.body(), options(frame));
    }
  }

  private DeliveryOptions options(Frame frame) {
    boolean ours = frame.address().startsWith(WEIR);
    DeliveryOptions options =
        ours ? Connections.request(name, frame.body()) : new DeliveryOptions();
    return Headers.into(options, frame.headers(), !ours);
  }

  private void send(Frame frame, int bytes) {
    Message<?> owed = registrations.takeOwed(frame.address());
    if (owed != null) {
      reply(owed, frame, bytes);
    } else if (!permissions.maySend(frame.address(), frame.body())) {
      denied(frame);
    } else {
      ask(frame, bytes);
    }
  }

  /** Queues are always asked for an answer, wanted or not: it tells that a request is done with. */
  private void ask(Frame frame, int bytes) {
    QueueRequest request = QueueRequest.of(frame.address(), frame.body());
    if (request.takes() && frame.replyAddress() == null) {
      outbox.add(dialect.error("reply_address_required", frame));
    } else if (request.waits() && !unanswered.hasRoomToWait(bytes)) {
      tooManyWaiting(frame);
    } else if (frame.replyAddress() == null && !QueueRequest.isRole(frame.address())) {
      bus.send(frame.address(), frame.body(), options(frame));
    } else {
      DeliveryOptions options = options(frame);
      await(frame, request, bytes, bus.request(frame.address(), frame.body(), options));
    }
  }

  private void tooManyWaiting(Frame frame) {
    if (frame.replyAddress() != null) {
      String text =
          Code.TOO_MANY_WAITING.text(
              "%d requests of this connection wait (waitingMax %d, waitingBytesMax %d)"
                  .formatted(unanswered.waiting(), limits.waitingMax(), limits.waitingBytesMax()));
      outbox.add(
          dialect.failure(
              frame, Code.TOO_MANY_WAITING.number, ReplyFailure.RECIPIENT_FAILURE, text));
    }
  }

  /** A client replies to a message that it was given, or fails it. */
  private void reply(Message<?> owed, Frame frame, int bytes) {
    DeliveryOptions options = Headers.into(new DeliveryOptions(), frame.headers(), true);
    if (frame.replyAddress() != null) {
      QueueRequest other = QueueRequest.of(frame.address(), null);
      await(frame, other, bytes, owed.replyAndRequest(frame.body(), options));
    } else if (frame.json().getValue("failureCode") instanceof Number code) {
      owed.fail(code.intValue(), frame.json().getString("message"));
    } else {
      owed.reply(frame.body(), options);
    }
  }

  private void await(Frame frame, QueueRequest request, int bytes, Future<Message<Object>> answer) {
    unanswered.sent(request.waits(), bytes);
    answer.onComplete(
        result -> {
          unanswered.answered(request.waits(), bytes);
          answered(frame, request, result);
        });
  }

  private void answered(Frame frame, QueueRequest request, AsyncResult<Message<Object>> result) {
    List<Unwritten> leases =
        result.succeeded() ? request.leases(result.result().body()) : List.of();
    if (answers.isTooLate()) {
      answers.tooLate(leases);
      return;
    }
    if (frame.replyAddress() != null) {
      if (result.succeeded()) {
        registrations.owe(result.result());
        outbox.add(dialect.answer(frame, result.result()), leases);
      } else {
        outbox.add(dialect.failure(frame, result.cause()));
      }
    }
    answers.answered();
  }

  private void register(Frame frame) {
    String address = frame.address();
    if (!permissions.mayRegister(address)) {
      denied(frame);
    } else if (registrations.has(address)) {
      LOG.log(Level.FINE, "{0} registered a second time", address);
    } else if (registrations.count() >= limits.registrationsMax()) {
      outbox.add(dialect.error("too_many_registrations", frame));
    } else {
      registrations.add(address, this::heard);
    }
  }

  private void unregister(Frame frame) {
    if (!permissions.mayRegister(frame.address())) {
      denied(frame);
    } else if (!registrations.remove(frame.address())) {
      outbox.add(dialect.error("unknown_address"));
    }
  }

  /** A message for this client; it is dropped where the client does not take what it has. */
  private void heard(Message<Object> message) {
    if (outbox.isFull() || !permissions.mayHear(message.address(), message.body())) {
      return;
    }
    Buffer frame;
    try {
      frame = dialect.message(message.address(), message);
    } catch (EncodeException e) {
      LOG.log(Level.FINE, "a message to {0} is nothing that JSON can say", message.address());
      return;
    }
    registrations.owe(message);
    outbox.add(frame);
  }
}
