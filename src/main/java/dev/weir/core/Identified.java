package dev.weir.core;

/** Something that an {@link IdSet} keeps in order. */
interface Identified {
  long id();
}
