package dev.weir.core;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;

/**
 * Things in the order of their ids: sorted chunks of up to 256 in a tree. Adding, finding and
 * removing cost O(log n); both ends are near at hand, because a queue adds at one and takes at the
 * other. About 13 bytes of memory for each thing in it: its id stands beside it, so that a search
 * touches no thing but the one it finds.
 *
 * <p>A {@linkplain #freeze frozen} copy shares the chunks; a shared chunk is copied before it
 * changes. So freezing a million costs some thousand references.
 */
final class IdSet<T extends Identified> implements Iterable<T> {
  static final int CHUNK = 256;

  private final TreeMap<Long, Chunk> chunks = new TreeMap<>();
  private Chunk first;
  private Chunk last;
  private int size;

  /** Up to {@link #CHUNK} things in order, at {@code from} to {@code to} of the array. */
  private static final class Chunk {
    long base;
    final long[] ids = new long[CHUNK];
    Object[] slots = new Object[CHUNK];
    int from;
    int to;
    boolean shared;

    long idAt(int slot) {
      return ids[slot];
    }

    /** The slot of this id, or -(where it would go) - 1. */
    int find(long id) {
      int low = from;
      int high = to - 1;
      while (low <= high) {
        int middle = (low + high) >>> 1;
        long at = idAt(middle);
        if (at == id) {
          return middle;
        }
        if (at < id) {
          low = middle + 1;
        } else {
          high = middle - 1;
        }
      }
      return -low - 1;
    }

    void own() {
      if (shared) {
        slots = slots.clone();
        shared = false;
      }
    }

    void insert(int slot, Identified thing) {
      int place = slot;
      if (to < CHUNK) {
        move(slot, slot + 1, to++ - slot);
      } else {
        move(from, from - 1, slot - from);
        from--;
        place = slot - 1;
      }
      slots[place] = thing;
      ids[place] = thing.id();
    }

    private void move(int source, int target, int length) {
      System.arraycopy(slots, source, slots, target, length);
      System.arraycopy(ids, source, ids, target, length);
    }

    void removeAt(int slot) {
      if (slot - from < to - slot) {
        move(from, from + 1, slot - from);
        slots[from++] = null;
      } else {
        move(slot + 1, slot, to - slot - 1);
        slots[--to] = null;
      }
    }
  }

  int size() {
    return size;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** The one with the lowest id, or null. */
  @SuppressWarnings("unchecked")
  T first() {
    return size == 0 ? null : (T) first.slots[first.from];
  }

  @SuppressWarnings("unchecked")
  T get(long id) {
    Chunk chunk = chunkFor(id);
    int slot = chunk == null ? -1 : chunk.find(id);
    return slot < 0 ? null : (T) chunk.slots[slot];
  }

  /** Adds it, in place of one with the same id. */
  void add(T thing) {
    long id = thing.id();
    Chunk chunk = chunkFor(id);
    if (chunk == null) {
      chunk = first == null ? link(new Chunk(), id) : rebase(first, id);
    }
    int slot = chunk.find(id);
    if (slot >= 0) {
      chunk.own();
      chunk.slots[slot] = thing;
      return;
    }
    slot = -slot - 1;
    size++;
    if (chunk == last && slot == CHUNK) {
      link(new Chunk(), id).insert(0, thing);
      return;
    }
    chunk.own();
    if (chunk.to - chunk.from < CHUNK) {
      chunk.insert(slot, thing);
    } else {
      Chunk upper = split(chunk);
      Chunk target = id < upper.base ? chunk : upper;
      target.insert(-target.find(id) - 1, thing);
    }
  }

  /** Takes out the one with this id, or returns null. */
  @SuppressWarnings("unchecked")
  T remove(long id) {
    Chunk chunk = chunkFor(id);
    int slot = chunk == null ? -1 : chunk.find(id);
    if (slot < 0) {
      return null;
    }
    chunk.own();
    T thing = (T) chunk.slots[slot];
    chunk.removeAt(slot);
    size--;
    if (chunk.from == chunk.to) {
      unlink(chunk);
    }
    return thing;
  }

  private Chunk chunkFor(long id) {
    if (last == null || id >= last.base) {
      return last;
    }
    if (id >= first.base && id <= first.idAt(first.to - 1)) {
      return first;
    }
    Map.Entry<Long, Chunk> floor = chunks.floorEntry(id);
    return floor == null ? null : floor.getValue();
  }

  private Chunk split(Chunk chunk) {
    Chunk upper = new Chunk();
    int half = (chunk.from + chunk.to) >>> 1;
    upper.to = chunk.to - half;
    System.arraycopy(chunk.slots, half, upper.slots, 0, upper.to);
    System.arraycopy(chunk.ids, half, upper.ids, 0, upper.to);
    for (int slot = half; slot < chunk.to; slot++) {
      chunk.slots[slot] = null;
    }
    chunk.to = half;
    return link(upper, upper.idAt(0));
  }

  private Chunk link(Chunk chunk, long base) {
    chunk.base = base;
    chunks.put(base, chunk);
    ends();
    return chunk;
  }

  private Chunk rebase(Chunk chunk, long base) {
    chunks.remove(chunk.base);
    return link(chunk, base);
  }

  private void unlink(Chunk chunk) {
    chunks.remove(chunk.base);
    ends();
  }

  private void ends() {
    first = chunks.isEmpty() ? null : chunks.firstEntry().getValue();
    last = chunks.isEmpty() ? null : chunks.lastEntry().getValue();
  }

  /** Up to {@code max} of them with ids from {@code fromId} on, in order. */
  @SuppressWarnings("unchecked")
  List<T> from(long fromId, int max) {
    List<T> found = new ArrayList<>();
    Long start = chunks.floorKey(fromId);
    for (Chunk chunk : (start == null ? chunks : chunks.tailMap(start)).values()) {
      for (int slot = chunk.from; slot < chunk.to && found.size() < max; slot++) {
        if (chunk.idAt(slot) >= fromId) {
          found.add((T) chunk.slots[slot]);
        }
      }
      if (found.size() >= max) {
        break;
      }
    }
    return found;
  }

  @Override
  public Iterator<T> iterator() {
    return freeze().iterator();
  }

  /** All of them as they are now, whatever changes later; may be read by another thread. */
  Frozen<T> freeze() {
    List<Run> runs = new ArrayList<>(chunks.size());
    for (Chunk chunk : chunks.values()) {
      chunk.shared = true;
      runs.add(new Run(chunk.slots, chunk.from, chunk.to));
    }
    return new Frozen<>(runs, size);
  }

  private record Run(Object[] slots, int from, int to) {}

  /** The content of an {@link IdSet} at one moment. */
  static final class Frozen<T> implements Iterable<T> {
    private final List<Run> runs;
    private final int size;

    private Frozen(List<Run> runs, int size) {
      this.runs = runs;
      this.size = size;
    }

    int size() {
      return size;
    }

    @Override
    public Iterator<T> iterator() {
      return new Iterator<>() {
        private int run;
        private int slot = runs.isEmpty() ? 0 : runs.get(0).from();

        @Override
        public boolean hasNext() {
          return run < runs.size();
        }

        @Override
        @SuppressWarnings("unchecked")
        public T next() {
          if (!hasNext()) {
            throw new NoSuchElementException();
          }
          Run current = runs.get(run);
          T thing = (T) current.slots()[slot++];
          if (slot == current.to() && ++run < runs.size()) {
            slot = runs.get(run).from();
          }
          return thing;
        }
      };
    }
  }
}
