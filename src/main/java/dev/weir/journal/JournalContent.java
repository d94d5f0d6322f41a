package dev.weir.journal;

import java.util.List;
import java.util.UUID;

/**
 * What the files of a journal hold.
 *
 * @param journal the identity; null where there is no journal yet
 * @param snapshotPosition the last snapshot's, 0 without one
 * @param snapshotBytes its size
 * @param segments those that hold or may hold what is needed, the last one to be written on
 * @param position the last position that is whole
 * @param batches how many frames are to be replayed after the snapshot
 * @param bytes how many bytes they take
 */
record JournalContent(
    UUID journal,
    long snapshotPosition,
    long snapshotBytes,
    List<Segment> segments,
    long position,
    long epoch,
    long batches,
    long bytes,
    long cutBatches,
    long cutBytes) {

  /**
   * A segment.
   *
   * @param end where its last frame ends
   * @param last the position of its last frame, 0 where it has none
   * @param unsure where the first frame begins that no later one says was flushed
   * @param cut how many bytes behind the end have to be zeroed
   */
  record Segment(long number, int end, long last, int unsure, long cut, long sizeBytes) {}

  /** The index of the segment that the log goes on in. */
  int active() {
    int active = 0;
    for (int i = 0; i < segments.size(); i++) {
      active = segments.get(i).last > 0 ? i : active;
    }
    return active;
  }
}
