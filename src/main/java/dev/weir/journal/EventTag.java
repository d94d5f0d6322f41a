package dev.weir.journal;

/** The number that stands for a kind of event on the disk; never reused for another. */
enum EventTag {
  ITEMS_STORED(1),
  ITEMS_LEASED(2),
  LEASES_ACKED(3),
  LEASES_EXTENDED(4),
  LEASE_RETURNED(5),
  ITEMS_PURGED(6),
  ITEM_KICKED(7),
  HELD_BURIED(8),
  SIDES_PAUSED(9),
  CONFIGURED(10),
  AUDITED(11);

  private static final EventTag[] BY_CODE = values();

  final int code;

  EventTag(int code) {
    this.code = code;
  }

  static EventTag of(long code) {
    if (code < 1 || code > BY_CODE.length) {
      throw new JournalDamagedException("there is no event of kind " + code);
    }
    return BY_CODE[(int) code - 1];
  }
}
