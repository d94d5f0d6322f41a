package dev.weir.sim;

import dev.weir.journal.Disk;
import dev.weir.journal.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * A disk in memory that forgets as a real one does: at a {@link #crash} each write that was not
 * flushed is kept, lost or torn at sectors, in any mixture, and each change of the directory that
 * was not flushed is kept or lost. It can fail at a step, fail for good, and fill up. After a
 * failed flush it takes what was written for clean, as page caches do: it reads well until the next
 * crash, and no later flush saves it.
 */
public final class SimulatedDisk implements Disk {
  /** More than any test writes. */
  public static final long UNBOUNDED = 1L << 50;

  private static final int SECTOR_BYTES = 512;

  /** The disk gave up at the step it was told to. */
  public static final class Failure extends IOException {
    private static final long serialVersionUID = 1L;

    Failure(String message) {
      super(message);
    }
  }

  /** What is in a file, and what of it is safe. */
  private static final class Content {
    private byte[] now = new byte[0];
    private byte[] safe = new byte[0];
    private final List<int[]> unflushed = new ArrayList<>();
    private final List<int[]> clean = new ArrayList<>();

    void write(byte[] bytes, int at) {
      if (at + bytes.length > now.length) {
        now = Arrays.copyOf(now, at + bytes.length);
      }
      System.arraycopy(bytes, 0, now, at, bytes.length);
      unflushed.add(new int[] {at, at + bytes.length});
    }

    void flush() {
      for (int[] range : unflushed) {
        keep(range[0], range[1]);
      }
      unflushed.clear();
    }

    private void keep(int from, int to) {
      if (to > safe.length) {
        safe = Arrays.copyOf(safe, to);
      }
      System.arraycopy(now, from, safe, from, to - from);
    }

    void crash(Random random) {
      unflushed.addAll(clean);
      clean.clear();
      for (int[] range : unflushed) {
        int fate = random.nextInt(3);
        for (int at = range[0]; at < range[1]; ) {
          int end = Math.min(range[1], (at / SECTOR_BYTES + 1) * SECTOR_BYTES);
          if (fate == 0 || fate == 1 && random.nextBoolean()) {
            keep(at, end);
          }
          at = end;
        }
      }
      unflushed.clear();
      now = safe.clone();
    }
  }

  /** Names that came or went together; null for a name that went. */
  private record Change(Map<String, Content> names) {}

  private final Map<String, Content> safeNames = new TreeMap<>();
  private final Map<String, Content> names = new TreeMap<>();
  private final List<Change> changes = new ArrayList<>();
  private long steps;
  private long failAtStep = Long.MAX_VALUE;
  private boolean failForGood;
  private long capacityBytes = UNBOUNDED;

  /** How many steps that change something it has done. */
  public synchronized long steps() {
    return steps;
  }

  /** From that step on, counted from now, every one fails. */
  public synchronized void breakAfter(long more) {
    failAtStep = steps + more;
    failForGood = true;
  }

  /** That step, counted from now, fails; what follows works again. */
  public synchronized void failOnceAfter(long more) {
    failAtStep = steps + more;
    failForGood = false;
  }

  public synchronized void capacityBytes(long most) {
    capacityBytes = most;
  }

  /** How many bytes all files have. */
  public synchronized long usedBytes() {
    return names.values().stream().mapToLong(content -> content.now.length).sum();
  }

  /** The machine stops and starts: what was not flushed meets its fate, faults are mended. */
  public synchronized void crash(Random random) {
    for (Change change : changes) {
      if (random.nextBoolean()) {
        apply(change, safeNames);
      }
    }
    changes.clear();
    names.clear();
    names.putAll(safeNames);
    names.values().forEach(content -> content.crash(random));
    failAtStep = Long.MAX_VALUE;
  }

  /** Faults are mended; what was written stays as it is, as when only a process was killed. */
  public synchronized void mend() {
    failAtStep = Long.MAX_VALUE;
  }

  private static void apply(Change change, Map<String, Content> to) {
    change.names.forEach(
        (name, content) -> {
          if (content == null) {
            to.remove(name);
          } else {
            to.put(name, content);
          }
        });
  }

  /** The bytes of a file, to look at. */
  public synchronized byte[] bytes(String name) {
    return names.get(name).now.clone();
  }

  /** Makes a file what it is told to be, safely: for tests that do damage. */
  public synchronized void put(String name, byte[] bytes) {
    Content content = new Content();
    content.now = bytes.clone();
    content.safe = bytes.clone();
    names.put(name, content);
    safeNames.put(name, content);
  }

  public synchronized void remove(String name) {
    names.remove(name);
    safeNames.remove(name);
  }

  /** A disk with the same files; all of it safe. */
  public synchronized SimulatedDisk copy() {
    SimulatedDisk copy = new SimulatedDisk();
    names.forEach((name, content) -> copy.put(name, content.now));
    return copy;
  }

  private void step(String what) throws Failure {
    steps++;
    if (failForGood ? steps > failAtStep : steps == failAtStep + 1) {
      throw new Failure("the simulated disk failed: " + what);
    }
  }

  private void change(Map<String, Content> what) {
    Change change = new Change(what);
    changes.add(change);
    apply(change, names);
  }

  @Override
  public synchronized List<String> list() {
    return List.copyOf(names.keySet());
  }

  @Override
  public synchronized DiskFile openToRead(String name) throws IOException {
    Content content = names.get(name);
    if (content == null) {
      throw new Failure("there is no file " + name);
    }
    return new Open(content);
  }

  @Override
  public synchronized DiskFile openToWrite(String name) throws IOException {
    if (!names.containsKey(name)) {
      step("making " + name);
      change(Map.of(name, new Content()));
    }
    return new Open(names.get(name));
  }

  @Override
  public synchronized void rename(String from, String to) throws IOException {
    step("renaming " + from);
    if (!names.containsKey(from)) {
      throw new Failure("there is no file " + from);
    }
    Map<String, Content> both = new TreeMap<>();
    both.put(to, names.get(from));
    both.put(from, null);
    change(both);
  }

  @Override
  public synchronized void delete(String name) throws IOException {
    step("deleting " + name);
    if (!names.containsKey(name)) {
      throw new Failure("there is no file " + name);
    }
    Map<String, Content> gone = new TreeMap<>();
    gone.put(name, null);
    change(gone);
  }

  @Override
  public synchronized void flushDirectory() throws IOException {
    step("flushing the directory");
    changes.forEach(change -> apply(change, safeNames));
    changes.clear();
  }

  @Override
  public String place() {
    return "disk";
  }

  private final class Open implements DiskFile {
    private final Content content;

    Open(Content content) {
      this.content = content;
    }

    @Override
    public long sizeBytes() {
      synchronized (SimulatedDisk.this) {
        return content.now.length;
      }
    }

    @Override
    public void read(ByteBuffer target, long at) {
      synchronized (SimulatedDisk.this) {
        int length = (int) Math.max(0, Math.min(target.remaining(), content.now.length - at));
        target.put(content.now, (int) at, length);
      }
    }

    @Override
    public void write(ByteBuffer bytes, long at) throws IOException {
      synchronized (SimulatedDisk.this) {
        step("writing");
        long mayEnd =
            Math.max(content.now.length, capacityBytes - usedBytes() + content.now.length);
        byte[] copy = new byte[(int) Math.min(bytes.remaining(), Math.max(0, mayEnd - at))];
        bytes.get(copy);
        content.write(copy, (int) at);
        if (bytes.hasRemaining()) {
          throw new Failure("no space left on the simulated disk");
        }
      }
    }

    @Override
    public void flush() throws IOException {
      synchronized (SimulatedDisk.this) {
        try {
          step("flushing");
        } catch (Failure e) {
          content.clean.addAll(content.unflushed);
          content.unflushed.clear();
          throw e;
        }
        content.flush();
      }
    }

    @Override
    public void close() {
      // nothing to give back
    }
  }
}
