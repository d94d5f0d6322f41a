package dev.weir.sim;

import dev.weir.journal.Disk;
import dev.weir.journal.DiskFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
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

  /** The disk gave up at the step it was told to. */
  public static final class Failure extends IOException {
    private static final long serialVersionUID = 1L;

    Failure(String message) {
      super(message);
    }
  }

  /** Names that came or went together; null for a name that went. */
  private record Change(Map<String, SimulatedContent> names) {}

  private final Map<String, SimulatedContent> safeNames = new TreeMap<>();
  private final Map<String, SimulatedContent> names = new TreeMap<>();
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

  private static void apply(Change change, Map<String, SimulatedContent> to) {
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
    SimulatedContent content = new SimulatedContent();
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

  private void change(Map<String, SimulatedContent> what) {
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
    SimulatedContent content = names.get(name);
    if (content == null) {
      throw new Failure("there is no file " + name);
    }
    return new Open(content);
  }

  @Override
  public synchronized DiskFile openToWrite(String name) throws IOException {
    if (!names.containsKey(name)) {
      step("making " + name);
      change(Map.of(name, new SimulatedContent()));
    }
    return new Open(names.get(name));
  }

  @Override
  public synchronized void rename(String from, String to) throws IOException {
    step("renaming " + from);
    if (!names.containsKey(from)) {
      throw new Failure("there is no file " + from);
    }
    Map<String, SimulatedContent> both = new TreeMap<>();
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
    Map<String, SimulatedContent> gone = new TreeMap<>();
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
    private final SimulatedContent content;

    Open(SimulatedContent content) {
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
          content.flushFailed();
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
