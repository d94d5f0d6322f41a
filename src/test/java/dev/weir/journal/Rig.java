package dev.weir.journal;

import dev.weir.sim.SimulatedDisk;
import dev.weir.sim.SimulatedThreads;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** One opening of a journal on a simulated disk, and what was read and heard in it. */
final class Rig implements Replay {
  static final int SEGMENT_BYTES = 1024;
  static final UUID IDENTITY = new UUID(17, 4);

  final SimulatedDisk disk;
  final SimulatedThreads threads = new SimulatedThreads();
  final Journal journal;
  final List<String> snapshot = new ArrayList<>();
  final List<String> batches = new ArrayList<>();
  final List<Long> durable = new ArrayList<>();
  final List<Throwable> down = new ArrayList<>();
  Future<Recovered> opened;

  Rig(SimulatedDisk disk, Journal journal) {
    this.disk = disk;
    this.journal = journal;
    journal.onDurable(durable::add);
    journal.onDown(down::add);
  }

  Rig(SimulatedDisk disk) {
    this.disk = disk;
    this.journal = new LocalJournal(disk, threads.threads(), SEGMENT_BYTES, IDENTITY, 1);
    journal.onDurable(durable::add);
    journal.onDown(down::add);
  }

  /** A journal on that disk, open. */
  static Rig opened(SimulatedDisk disk) {
    Rig rig = new Rig(disk).open();
    if (rig.opened.failed()) {
      throw new AssertionError("the journal did not open", rig.opened.cause());
    }
    return rig;
  }

  Rig open() {
    opened = journal.open(this);
    threads.runAll();
    return this;
  }

  /** Why the journal did not open. */
  String refusal() {
    return opened.failed() ? String.valueOf(opened.cause().getMessage()) : null;
  }

  @Override
  public void snapshotChunk(Buffer chunk) {
    snapshot.add(chunk.toString());
  }

  @Override
  public void batch(long position, Buffer events) {
    if (events.length() > 0) {
      batches.add(position + "=" + events);
    }
  }

  /** Appends, without waiting for anything. */
  long append(String events) {
    return journal.append(Buffer.buffer(events));
  }

  /** Appends one after another, each durable before the next. */
  Rig appendAll(String... all) {
    for (String events : all) {
      append(events);
      threads.runAll();
    }
    return this;
  }

  Future<Long> checkpoint(long position, String... chunks) {
    List<Buffer> buffers = new ArrayList<>();
    for (String chunk : chunks) {
      buffers.add(Buffer.buffer(chunk));
    }
    return journal.checkpoint(new Snapshot(position, buffers.iterator()));
  }

  long lastDurable() {
    return durable.isEmpty() ? opened.result().position() : durable.get(durable.size() - 1);
  }

  void close() {
    journal.close();
    threads.runAll();
  }
}
