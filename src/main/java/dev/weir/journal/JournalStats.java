package dev.weir.journal;

/**
 * Figures of one journal since it was opened.
 *
 * @param epoch the epoch in force
 * @param position the last position appended
 * @param durable the last position that is durable
 * @param flushes how many flushes reached the disk (0 in memory)
 * @param bytes how many bytes were appended
 * @param bytesSinceSnapshot how many bytes of log a restart would read after the last snapshot
 */
public record JournalStats(
    long epoch, long position, long durable, long flushes, long bytes, long bytesSinceSnapshot) {}
