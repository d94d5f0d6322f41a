package dev.weir.relay;

import dev.weir.door.Watching;
import io.vertx.core.Handler;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** What one connection listens to, and the messages that it may still reply to. */
final class Registrations {
  private final EventBus bus;
  private final Watching watching;
  private final int owedMax;
  private final Map<String, MessageConsumer<Object>> consumers = new HashMap<>();
  private final LinkedHashMap<String, Message<?>> owed = new LinkedHashMap<>();

  Registrations(EventBus bus, Watching watching, int owedMax) {
    this.bus = bus;
    this.watching = watching;
    this.owedMax = owedMax;
  }

  boolean has(String address) {
    return consumers.containsKey(address);
  }

  int count() {
    return consumers.size();
  }

  void add(String address, Handler<Message<Object>> handler) {
    consumers.put(address, bus.consumer(address, handler));
    watching.registered(address);
  }

  /** Whether it was there. */
  boolean remove(String address) {
    MessageConsumer<Object> consumer = consumers.remove(address);
    if (consumer == null) {
      return false;
    }
    consumer.unregister();
    watching.unregistered(address);
    return true;
  }

  /** The client was given a message: where it wants a reply the client may send one, once. */
  void owe(Message<?> message) {
    if (message.replyAddress() == null) {
      return;
    }
    owed.put(message.replyAddress(), message);
    if (owed.size() > owedMax) {
      owed.remove(owed.keySet().iterator().next());
    }
  }

  /** The message that a client replies to by sending there, or null; it is no longer owed. */
  Message<?> takeOwed(String address) {
    return owed.remove(address);
  }

  int owedCount() {
    return owed.size();
  }

  void close() {
    consumers.forEach(
        (address, consumer) -> {
          consumer.unregister();
          watching.unregistered(address);
        });
    consumers.clear();
    owed.clear();
  }
}
