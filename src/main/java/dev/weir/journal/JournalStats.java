package dev.weir.journal;

import dev.weir.core.Distribution;

/**
 * Figures of one journal since it was opened.
 *
 * @param epoch the epoch in force
 * @param position the last position appended
 * @param durable the last position that is durable
 * @param flushes how many flushes reached the disk (0 in memory)
 * @param size how much there is of it
 * @param flushMicros how long a write with its flush took
 * @param flushBytes how much was written with one flush
 * @param snapshots how many snapshots were written
 * @param snapshotMs how long the last one took
 */
public record JournalStats(
    long epoch,
    long position,
    long durable,
    long flushes,
    JournalSize size,
    Distribution.View flushMicros,
    Distribution.View flushBytes,
    long snapshots,
    long snapshotMs) {

  /** Of a journal without a disk. */
  public static JournalStats ofMemory(long epoch, long position, long durable, long bytes) {
    JournalSize size = new JournalSize(bytes, 0, 0, 0);
    return new JournalStats(
        epoch,
        position,
        durable,
        0,
        size,
        Distribution.View.none(Distribution.Scale.MICROS),
        Distribution.View.none(Distribution.Scale.BYTES),
        0,
        0);
  }
}
