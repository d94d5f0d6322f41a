package dev.weir.core;

import java.util.Arrays;

/**
 * What is remembered of one client's stream of items: the ids of the highest {@code window}
 * numbers, as runs in which number and id rise together, and below which number nothing can be told
 * any more.
 */
public final class Session {

  /** What a number is to the session. */
  static final long UNKNOWN = -1;

  static final long TOO_OLD = -2;

  private final String name;
  private long lastPutAtMs;
  private long floorSeq;
  private long[] seqs;
  private long[] ids;
  private int[] counts;
  private int from;
  private int to;
  private int size;

  /** Whether a frozen copy of the state holds this very object: then it is copied, not changed. */
  boolean shared;

  Session(String name) {
    this(name, 0, -1, new long[2], new long[2], new int[2]);
  }

  private Session(
      String name, long lastPutAtMs, long floorSeq, long[] seqs, long[] ids, int[] counts) {
    this.name = name;
    this.lastPutAtMs = lastPutAtMs;
    this.floorSeq = floorSeq;
    this.seqs = seqs;
    this.ids = ids;
    this.counts = counts;
  }

  /** A session as a snapshot describes it; the runs are added by {@link #restoreRun}. */
  public static Session restored(String name, long lastPutAtMs, long floorSeq) {
    return new Session(name, lastPutAtMs, floorSeq, new long[2], new long[2], new int[2]);
  }

  public void restoreRun(long seq, long id, int count) {
    insertRun(to, seq, id, count);
    size += count;
  }

  Session copy() {
    Session copy =
        new Session(name, lastPutAtMs, floorSeq, seqs.clone(), ids.clone(), counts.clone());
    copy.from = from;
    copy.to = to;
    copy.size = size;
    return copy;
  }

  public String name() {
    return name;
  }

  public long lastPutAtMs() {
    return lastPutAtMs;
  }

  /** Numbers up to this one can not be judged any more; -1 while none was forgotten. */
  public long floorSeq() {
    return floorSeq;
  }

  /** How many runs {@link #eachRun} gives. */
  public int runs() {
    return to - from;
  }

  /** Takes a run of numbers and ids that rise together. */
  public interface RunHandler {
    void run(long seq, long id, int count);
  }

  public void eachRun(RunHandler handler) {
    for (int run = from; run < to; run++) {
      handler.run(seqs[run], ids[run], counts[run]);
    }
  }

  /** The id stored under this number, {@link #UNKNOWN}, or {@link #TOO_OLD}. */
  long idOf(long seq) {
    if (seq <= floorSeq) {
      return TOO_OLD;
    }
    int run = runAtOrBelow(seq);
    return run >= from && seq < seqs[run] + counts[run] ? ids[run] + seq - seqs[run] : UNKNOWN;
  }

  void remember(long seq, long id, long atMs, long window) {
    lastPutAtMs = atMs;
    int run = runAtOrBelow(seq);
    if (run >= from && seqs[run] + counts[run] == seq && ids[run] + counts[run] == id) {
      counts[run]++;
    } else {
      insertRun(run + 1, seq, id, 1);
    }
    size++;
    while (size > window) {
      forgetLowest();
    }
  }

  private void forgetLowest() {
    floorSeq = seqs[from];
    seqs[from]++;
    ids[from]++;
    size--;
    if (--counts[from] == 0) {
      from++;
    }
  }

  /** The last run that begins at this number or below, or {@code from - 1}. */
  private int runAtOrBelow(long seq) {
    int low = from;
    int high = to - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      if (seqs[middle] <= seq) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return high;
  }

  private void insertRun(int at, long seq, long id, int count) {
    int place = at;
    if (to == seqs.length) {
      place -= from;
      makeRoom();
    }
    System.arraycopy(seqs, place, seqs, place + 1, to - place);
    System.arraycopy(ids, place, ids, place + 1, to - place);
    System.arraycopy(counts, place, counts, place + 1, to - place);
    seqs[place] = seq;
    ids[place] = id;
    counts[place] = count;
    to++;
  }

  private void makeRoom() {
    int runs = to - from;
    int length = runs > seqs.length / 2 ? seqs.length * 2 : seqs.length;
    seqs = Arrays.copyOf(Arrays.copyOfRange(seqs, from, to), length);
    ids = Arrays.copyOf(Arrays.copyOfRange(ids, from, to), length);
    counts = Arrays.copyOf(Arrays.copyOfRange(counts, from, to), length);
    from = 0;
    to = runs;
  }
}
