package dev.weir.node;

import dev.weir.core.Command;
import dev.weir.core.Settings;
import dev.weir.protocol.Addresses;
import dev.weir.protocol.Code;
import dev.weir.protocol.Fields;
import dev.weir.protocol.RequestException;
import dev.weir.protocol.SettingsJson;
import dev.weir.protocol.StartFailure;
import io.vertx.core.Future;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Answers on {@code weir.queues}: lists, creates and deletes queues. On the node's context. */
final class QueuesDesk {
  private static final Logger LOG = Logger.getLogger(QueuesDesk.class.getName());
  private static final DeliveryOptions ASK = new DeliveryOptions().setSendTimeout(5000);

  private final NodeVerticle node;

  QueuesDesk(NodeVerticle node) {
    this.node = node;
  }

  void receive(Message<Object> message) {
    answer(message, () -> request(message));
  }

  /** What another node passes on to this one: done here, or not at all. */
  void receiveHere(Message<JsonObject> message) {
    answer(message, () -> here(message));
  }

  private interface Work {
    Future<JsonObject> start();
  }

  private void answer(Message<?> message, Work work) {
    Future<JsonObject> done;
    try {
      done = work.start();
    } catch (RequestException e) {
      done = Future.failedFuture(e);
    }
    done.onSuccess(message::reply).onFailure(cause -> fail(message, cause));
  }

  private static void fail(Message<?> message, Throwable cause) {
    if (cause instanceof RequestException e) {
      message.fail(e.code().number, e.code().text(e.getMessage()));
    } else if (cause instanceof ReplyException e && e.failureCode() > 0) {
      message.fail(e.failureCode(), e.getMessage());
    } else if (cause instanceof StartFailure || cause instanceof ReplyException) {
      message.fail(Code.NOT_READY.number, Code.NOT_READY.text(cause.getMessage()));
    } else {
      LOG.log(Level.SEVERE, "a request to " + Addresses.QUEUES + " failed", cause);
      message.fail(Code.DEFECT.number, Code.DEFECT.text(String.valueOf(cause)));
    }
  }

  private Future<JsonObject> request(Message<Object> message) {
    if (!(message.body() instanceof JsonObject json)) {
      throw new RequestException(Code.BAD_REQUEST, "a request is one JSON object");
    }
    String from = message.headers().get(Addresses.FROM_HEADER);
    Fields fields = new Fields("", json);
    String op = fields.name("op");
    fields.optionalName("by");
    switch (op) {
      case "list" -> {
        fields.done();
        return list();
      }
      case "create" -> {
        String name = name(fields);
        settings(fields);
        String at = fields.optionalName("node");
        fields.done();
        return at == null || at.equals(node.nodeId())
            ? create(name, json, from)
            : passOn(at, json, from);
      }
      case "delete" -> {
        String name = name(fields);
        fields.flag("force", false);
        fields.done();
        return delete(name, json, from);
      }
      default ->
          throw new RequestException(
              Code.BAD_REQUEST, "op is " + op + ": here it must be one of list, create, delete");
    }
  }

  private Future<JsonObject> here(Message<JsonObject> message) {
    JsonObject json = message.body();
    String from = message.headers().get(Addresses.FROM_HEADER);
    return switch (json.getString("op")) {
      case "list" -> own();
      case "create" -> create(json.getString("name"), json, from);
      case "delete" -> deleteHere(json.getString("name"), json, from);
      default -> throw new RequestException(Code.BAD_REQUEST, "op is not known here");
    };
  }

  private static String name(Fields fields) {
    String name = fields.name("name");
    if (!Addresses.isQueueName(name)) {
      throw new RequestException(
          Code.BAD_REQUEST, "name must be 1 to 64 letters, digits, _ or -: it is " + name);
    }
    return name;
  }

  private static Settings settings(Fields fields) {
    JsonObject json = fields.object("settings");
    SettingsJson.Changes changes =
        SettingsJson.changes("settings.", json == null ? new JsonObject() : json);
    Settings settings = changes.to(Settings.DEFAULT);
    settings
        .problem()
        .ifPresent(
            problem -> {
              throw new RequestException(Code.BAD_REQUEST, problem);
            });
    return settings;
  }

  private Future<JsonObject> passOn(String to, JsonObject json, String from) {
    DeliveryOptions options = new DeliveryOptions(ASK);
    if (from != null) {
      options.addHeader(Addresses.FROM_HEADER, from);
    }
    return node.bus()
        .eventBus()
        .<JsonObject>request(NodeVerticle.internal(to), json, options)
        .map(Message::body);
  }

  private Future<JsonObject> create(String name, JsonObject json, String from) {
    Settings settings = settings(new Fields("", json));
    QueueEntry known = node.entries().get(name);
    if (known != null) {
      if (known.settings().equals(settings)) {
        return Future.succeededFuture(done().put("node", node.nodeId()));
      }
      throw conflict("queue " + name + " exists with other settings");
    }
    return node.owners()
        .ownerOf(name)
        .compose(
            owner ->
                owner != null && !owner.equals(node.nodeId())
                    ? passOn(owner, json, from)
                    : createHere(name, settings, new Command.Created(json.getString("by")), from));
  }

  private Future<JsonObject> createHere(
      String name, Settings settings, Command.Created created, String from) {
    if (node.entries().containsKey(name)) {
      throw conflict("queue " + name + " is being created");
    }
    QueueEntry entry = node.newEntry(name, settings);
    node.entries().put(name, entry);
    return node.owners()
        .claim(name)
        .compose(nothing -> node.storeCatalog())
        .compose(nothing -> node.serve(entry))
        .onFailure(cause -> node.entries().remove(name))
        .compose(nothing -> node.verticleOf(name).run(name, created, () -> from))
        .map(nothing -> done().put("node", node.nodeId()));
  }

  private static RequestException conflict(String sentence) {
    return new RequestException(Code.CONFLICT, sentence);
  }

  private static JsonObject done() {
    return new JsonObject().put("status", "done");
  }

  private Future<JsonObject> delete(String name, JsonObject json, String from) {
    if (node.served().containsKey(name)) {
      return deleteHere(name, json, from);
    }
    return node.owners()
        .ownerOf(name)
        .compose(
            owner ->
                owner == null || owner.equals(node.nodeId())
                    ? Future.failedFuture(noSuchQueue(name))
                    : passOn(owner, json, from));
  }

  private static RequestException noSuchQueue(String name) {
    return new RequestException(Code.NO_SUCH_QUEUE, "there is no queue " + name);
  }

  private Future<JsonObject> deleteHere(String name, JsonObject json, String from) {
    if (!node.served().containsKey(name)) {
      throw noSuchQueue(name);
    }
    return node.verticleOf(name)
        .counts()
        .compose(
            counts -> {
              int count = counts.getOrDefault(name, 0);
              if (count > 0 && !json.getBoolean("force", false)) {
                return Future.failedFuture(
                    conflict(
                        "queue " + name + " holds " + count + " items: force would drop them"));
              }
              LOG.info(
                  "queue %s with %d items is deleted by %s from %s"
                      .formatted(name, count, json.getString("by"), from));
              return node.drop(name).map(nothing -> done());
            });
  }

  /** The queues of the whole cluster; a node that does not answer in time is left out. */
  private Future<JsonObject> list() {
    return node.owners()
        .all()
        .compose(
            owners -> {
              Set<String> others = new TreeSet<>(owners.values());
              others.remove(node.nodeId());
              List<Future<JsonObject>> parts = new ArrayList<>();
              parts.add(own());
              others.forEach(
                  other ->
                      parts.add(
                          passOn(other, new JsonObject().put("op", "list"), null)
                              .otherwise(new JsonObject().put("queues", new JsonArray()))));
              return Future.all(parts).map(done -> joined(parts));
            });
  }

  private static JsonObject joined(List<Future<JsonObject>> parts) {
    JsonArray queues = new JsonArray();
    parts.forEach(part -> part.result().getJsonArray("queues").forEach(queues::add));
    return new JsonObject().put("queues", queues);
  }

  private Future<JsonObject> own() {
    List<Future<java.util.Map<String, Integer>>> counts = new ArrayList<>();
    node.verticles().forEach(verticle -> counts.add(verticle.counts()));
    return Future.all(counts)
        .map(
            done -> {
              JsonArray queues = new JsonArray();
              node.served()
                  .values()
                  .forEach(
                      entry -> {
                        int count =
                            counts.get(entry.verticle()).result().getOrDefault(entry.name(), 0);
                        queues.add(row(node.entries().getOrDefault(entry.name(), entry), count));
                      });
              return new JsonObject().put("queues", queues);
            });
  }

  private JsonObject row(QueueEntry entry, int count) {
    return new JsonObject()
        .put("name", entry.name())
        .put("node", node.nodeId())
        .put("durability", entry.settings().durability().word)
        .put("capacity", entry.settings().get(dev.weir.core.Limit.CAPACITY))
        .put("count", count);
  }
}
