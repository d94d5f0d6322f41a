package dev.weir.http;

import dev.weir.door.AllowList;
import dev.weir.door.Connections;
import dev.weir.door.Watching;
import dev.weir.protocol.Addresses;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.bridge.BridgeEventType;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.sockjs.BridgeEvent;
import io.vertx.ext.web.handler.sockjs.SockJSBridgeOptions;
import io.vertx.ext.web.handler.sockjs.SockJSHandler;
import io.vertx.ext.web.handler.sockjs.SockJSSocket;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The event bus over SockJS: who asks is said under the socket's own name, what a socket listens to
 * is kept coming, and its end is told. On the door's context.
 */
final class EventBusSocket {
  private static final SockJSBridgeOptions LIMITS = new SockJSBridgeOptions();

  private final Vertx vertx;
  private final Connections connections;
  private final Watching watching;
  private final Map<SockJSSocket, Client> clients = new HashMap<>();

  private record Client(String name, Set<String> listening) {}

  EventBusSocket(Vertx vertx, Connections connections, Watching watching) {
    this.vertx = vertx;
    this.connections = connections;
    this.watching = watching;
  }

  Router router(AllowList allow) {
    SockJSBridgeOptions options = new SockJSBridgeOptions(LIMITS);
    allow.inbound().forEach(options::addInboundPermitted);
    allow.outbound().forEach(options::addOutboundPermitted);
    return SockJSHandler.create(vertx).bridge(options, this::judge);
  }

  private void judge(BridgeEvent event) {
    boolean isGood =
        switch (event.type()) {
          case SOCKET_CREATED -> entered(event.socket());
          case SOCKET_CLOSED -> left(event.socket());
          case SEND -> named(event);
          case PUBLISH -> false;
          case REGISTER, UNREGISTER -> listens(event);
          default -> true;
        };
    event.complete(isGood);
  }

  private boolean entered(SockJSSocket socket) {
    String name = connections.enter();
    if (name != null) {
      clients.put(socket, new Client(name, new HashSet<>()));
    }
    return name != null;
  }

  private boolean left(SockJSSocket socket) {
    Client client = clients.remove(socket);
    if (client != null) {
      client.listening.forEach(watching::unregistered);
      connections.leave(client.name, List.of());
    }
    return true;
  }

  /** A client says what it wants about itself, but not who it is. */
  private boolean named(BridgeEvent event) {
    Client client = clients.get(event.socket());
    String address = event.getRawMessage().getString("address");
    if (client == null || address == null || AllowList.isInternal(address)) {
      return false;
    }
    JsonObject message = event.getRawMessage();
    message.put("headers", new JsonObject().put(Addresses.FROM_HEADER, client.name));
    event.setRawMessage(message);
    return true;
  }

  private boolean listens(BridgeEvent event) {
    Client client = clients.get(event.socket());
    String address = event.getRawMessage().getString("address");
    if (client == null || address == null || AllowList.isInternal(address)) {
      return false;
    }
    if (event.type() == BridgeEventType.REGISTER) {
      if (client.listening.add(address)) {
        watching.registered(address);
      }
    } else if (client.listening.remove(address)) {
      watching.unregistered(address);
    }
    return true;
  }
}
