package dev.weir.core;

import java.util.List;
import java.util.Map;

/** What a queue can be told. Durations are in milliseconds; what may be absent is null or -1. */
public sealed interface Command {

  /** Calls the handler's method for this kind of command. */
  void handle(Handler handler, Caller caller);

  /** One method per kind of command. */
  interface Handler {
    void put(Put put, Caller caller);

    void take(Take take, Caller caller);

    void ack(Ack ack, Caller caller);

    void nack(Nack nack, Caller caller);

    void extend(Extend extend, Caller caller);

    void manage(Manage manage, Caller caller);

    void tick();

    void gone(Gone gone);

    void close(Close close);
  }

  /**
   * One item to put.
   *
   * @param key null without one
   */
  record PutItem(Body body, String key, long delayMs) {}

  /**
   * Items in order.
   *
   * @param session null without one
   * @param seq the number of the first item in its session, -1 without a session
   */
  record Put(String producer, long waitMs, String session, long seq, List<PutItem> items)
      implements Command {
    @Override
    public void handle(Handler handler, Caller caller) {
      handler.put(this, caller);
    }
  }

  /**
   * Asks for leases.
   *
   * @param leaseMs -1 for the queue's own
   * @param ticket null without one
   * @param acks earlier leases whose work is done
   */
  record Take(
      String consumer,
      int max,
      long waitMs,
      long leaseMs,
      String ticket,
      List<LeaseRef> acks,
      boolean autoAck)
      implements Command {
    @Override
    public void handle(Handler handler, Caller caller) {
      handler.take(this, caller);
    }
  }

  /** Leases whose work is done. */
  record Ack(String consumer, List<LeaseRef> leases) implements Command {
    @Override
    public void handle(Handler handler, Caller caller) {
      handler.ack(this, caller);
    }
  }

  /**
   * Leases given back.
   *
   * @param delayMs -1 for what {@code retryDelay} says
   * @param reason null without one
   * @param bury whether they are dead at once
   */
  record Nack(String consumer, List<LeaseRef> leases, long delayMs, String reason, boolean bury)
      implements Command {
    @Override
    public void handle(Handler handler, Caller caller) {
      handler.nack(this, caller);
    }
  }

  /**
   * Leases that should end later.
   *
   * @param leaseMs from now on; -1 for the queue's own
   */
  record Extend(String consumer, List<LeaseRef> leases, long leaseMs) implements Command {
    @Override
    public void handle(Handler handler, Caller caller) {
      handler.extend(this, caller);
    }
  }

  /** What operators ask for. */
  sealed interface Manage extends Command {
    @Override
    default void handle(Handler handler, Caller caller) {
      handler.manage(this, caller);
    }
  }

  /** The figures. */
  record Stats() implements Manage {}

  /** Who waits on a side. */
  record Waiting(Side side, int max) implements Manage {}

  /** Items of one state, without leasing them. */
  record Peek(ItemState state, long fromId, int max) implements Manage {}

  /** Pauses or resumes a side. */
  record Pause(Side side, boolean paused, String by) implements Manage {}

  /**
   * Throws items away.
   *
   * @param max how many still, at most
   * @param olderThanMs only items put longer ago than this; 0 for all
   * @param purged how many earlier steps of this purge threw away
   */
  record Purge(ItemState state, int max, long olderThanMs, String by, int purged)
      implements Manage {}

  /** Makes one dead, held or delayed item ready. */
  record Kick(long id, String by) implements Manage {}

  /**
   * Changes settings.
   *
   * @param retryDelay null to leave it
   */
  record Configure(Map<Limit, Long> limits, RetryDelay retryDelay, String by) implements Manage {}

  /** The queue was made by somebody, for the audit; has no answer. */
  record Created(String by) implements Manage {}

  /** The last changes operators made. */
  record Audit(int max) implements Manage {}

  /** Time has passed, more is durable, or an earlier step reached its bound. */
  record Tick() implements Command {
    @Override
    public void handle(Handler handler, Caller caller) {
      handler.tick();
    }
  }

  /**
   * A caller is gone: what it waits for is dropped, its leases end.
   *
   * @param from as the caller's header said; of a node also what came through its doors
   * @param unwritten leases it never heard of: their attempts do not count
   * @param unheard whether it never heard of any of its leases
   */
  record Gone(String from, List<LeaseRef> unwritten, boolean unheard) implements Command {
    public Gone(String from, List<LeaseRef> unwritten) {
      this(from, unwritten, false);
    }

    @Override
    public void handle(Handler handler, Caller caller) {
      handler.gone(this);
    }
  }

  /** The queue is served no longer: whoever waits is told. */
  record Close(Refusal why, String sentence) implements Command {
    @Override
    public void handle(Handler handler, Caller caller) {
      handler.close(this);
    }
  }
}
