package dev.weir.client;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;

/** An item in this client's hands, until its lease ends. */
public final class Item {
  private final String queue;
  private final JsonObject json;
  private final Promise<Void> lost = Promise.promise();

  Item(String queue, JsonObject json) {
    this.queue = queue;
    this.json = json;
  }

  public String queue() {
    return queue;
  }

  public long id() {
    return json.getLong("id");
  }

  /** Rises with every lease of the queue, for good: pass it on to whatever the work writes to. */
  public long fence() {
    return json.getLong("fence");
  }

  /** Which attempt this is, from 1. */
  public int attempt() {
    return json.getInteger("attempt");
  }

  public String producer() {
    return json.getString("producer");
  }

  public String key() {
    return json.getString("key");
  }

  /** When it was stored, in milliseconds since the epoch. */
  public long putAt() {
    return json.getLong("putAt");
  }

  /** When the lease ended as it was given, in milliseconds since the epoch. */
  public long leaseEndsAt() {
    return json.getLong("leaseEndsAt");
  }

  /** The JSON value that was put. */
  public Object body() {
    return json.getValue("body");
  }

  /** Completes when the lease is known to be lost while the item is being worked on. */
  public Future<Void> leaseLost() {
    return lost.future();
  }

  void lost() {
    lost.tryComplete();
  }

  JsonObject lease() {
    return new JsonObject().put("id", id()).put("fence", fence());
  }
}
