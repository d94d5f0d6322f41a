package dev.weir.core;

/**
 * When a step happens, on the clock and in the journal.
 *
 * @param nowMs milliseconds since the epoch; never less than at the step before
 * @param head the last position that has events already: what the state leans on
 * @param next the position that events of this step go to
 * @param durable everything up to this position is durable
 */
public record Moment(long nowMs, long head, long next, long durable) {}
