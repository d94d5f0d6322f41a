package dev.weir.core;

/**
 * Names one lease.
 *
 * @param id the item
 * @param fence rises with every lease of a queue, for good
 */
public record LeaseRef(long id, long fence) {}
