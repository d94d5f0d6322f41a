package dev.weir.core;

import java.util.List;

/**
 * What happened to a queue and must survive. An event says what became of the items, never why:
 * policy has decided by then. Instants are milliseconds since the epoch.
 */
public sealed interface Event {

  /** When it was decided. */
  long atMs();

  /** Calls the handler's method for this kind of event. */
  void handle(Handler handler);

  /** One method per kind of event: the state applies it, the codec writes it, a check reads it. */
  interface Handler {
    void itemsStored(ItemsStored event);

    void itemsLeased(ItemsLeased event);

    void leasesAcked(LeasesAcked event);

    void leasesExtended(LeasesExtended event);

    void leaseReturned(LeaseReturned event);

    void itemsPurged(ItemsPurged event);

    void itemKicked(ItemKicked event);

    void heldBuried(HeldBuried event);

    void sidesPaused(SidesPaused event);

    void configured(Configured event);

    void audited(Audited event);
  }

  /** Items of one request that entered together, in the order of their ids. */
  record ItemsStored(long atMs, String producer, String session, List<NewItem> items)
      implements Event {
    @Override
    public void handle(Handler handler) {
      handler.itemsStored(this);
    }
  }

  /**
   * One new item.
   *
   * @param seq its number in its session, -1 without one
   * @param key null without one
   * @param dueAtMs until when it is delayed, 0 for not at all
   */
  record NewItem(long id, long seq, String key, long dueAtMs, Body body) {}

  /** Leases given by one take; {@code from} may be null. */
  record ItemsLeased(long atMs, String consumer, String from, long endsAtMs, List<LeaseRef> leases)
      implements Event {
    @Override
    public void handle(Handler handler) {
      handler.itemsLeased(this);
    }
  }

  /** Leases whose work is done: their items are gone. */
  record LeasesAcked(long atMs, List<LeaseRef> leases) implements Event {
    @Override
    public void handle(Handler handler) {
      handler.leasesAcked(this);
    }
  }

  /** Leases that end later now. */
  record LeasesExtended(long atMs, long endsAtMs, List<LeaseRef> leases) implements Event {
    @Override
    public void handle(Handler handler) {
      handler.leasesExtended(this);
    }
  }

  /** What became of an item that came back. */
  enum Fate {
    READY,
    DELAYED,
    DEAD,
    HELD
  }

  /**
   * A lease that ended without an ack.
   *
   * @param counted whether the attempt counts
   * @param reason null where the attempt left none
   * @param dueAtMs until when the item is delayed, 0 where it is not
   */
  record LeaseReturned(
      long atMs, LeaseRef lease, boolean counted, String reason, Fate fate, long dueAtMs)
      implements Event {
    @Override
    public void handle(Handler handler) {
      handler.leaseReturned(this);
    }
  }

  /** Items that an operator threw away, all from one state. */
  record ItemsPurged(long atMs, ItemState state, List<Long> ids) implements Event {
    @Override
    public void handle(Handler handler) {
      handler.itemsPurged(this);
    }
  }

  /** A dead, held or delayed item that may be tried anew. */
  record ItemKicked(long atMs, long id) implements Event {
    @Override
    public void handle(Handler handler) {
      handler.itemKicked(this);
    }
  }

  /** A held item for which there was room among the dead. */
  record HeldBuried(long atMs, long id) implements Event {
    @Override
    public void handle(Handler handler) {
      handler.heldBuried(this);
    }
  }

  /** Which sides are paused from now on. */
  record SidesPaused(long atMs, boolean produce, boolean consume) implements Event {
    @Override
    public void handle(Handler handler) {
      handler.sidesPaused(this);
    }
  }

  /** The settings from now on. */
  record Configured(long atMs, Settings settings) implements Event {
    @Override
    public void handle(Handler handler) {
      handler.configured(this);
    }
  }

  /**
   * An entry of the audit list.
   *
   * @param by who said he was, or null
   * @param from where it came from, or null
   * @param detail what was asked for, or null
   */
  record Audited(long atMs, String op, String by, String from, String detail, long count)
      implements Event {
    @Override
    public void handle(Handler handler) {
      handler.audited(this);
    }
  }
}
