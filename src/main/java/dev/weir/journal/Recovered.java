package dev.weir.journal;

/**
 * What a journal found when it was opened.
 *
 * @param epoch the new epoch, durable, higher than any this journal had before
 * @param position the last position that is durable, that of the new epoch's record
 * @param batches how many batches were replayed after the snapshot
 * @param bytes how many bytes of snapshot and log were replayed
 * @param cutBatches how many batches of a torn tail were cut
 * @param cutBytes how many bytes of a torn tail were cut
 */
public record Recovered(
    long epoch, long position, long batches, long bytes, long cutBatches, long cutBytes) {}
