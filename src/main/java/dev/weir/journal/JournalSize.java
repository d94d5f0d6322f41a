package dev.weir.journal;

/**
 * How much there is of a journal.
 *
 * @param appendedBytes what was appended since it was opened
 * @param logBytes what a restart would read after the last snapshot
 * @param snapshotBytes the last snapshot
 * @param fileBytes what all its files take on the disk
 */
public record JournalSize(long appendedBytes, long logBytes, long snapshotBytes, long fileBytes) {

  /** Of a journal that leaves nothing on a disk. */
  public static final JournalSize NONE = new JournalSize(0, 0, 0, 0);
}
