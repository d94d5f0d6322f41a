package dev.weir.core;

/** Gives numbers that rise for good, over all queues of a journal and all its openings. */
public interface Fences {

  /** The next fence, or 0 while there is none: a new epoch is on its way to the disk then. */
  long next();
}
