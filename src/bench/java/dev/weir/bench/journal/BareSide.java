package dev.weir.bench.journal;

import dev.weir.journal.FileDisk;
import dev.weir.journal.JournalThreads;
import dev.weir.journal.LocalJournal;
import dev.weir.journal.Replay;
import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** The journal alone: one batch a record. */
final class BareSide implements Side {
  private final ExecutorService context = Executors.newSingleThreadExecutor();
  private final LocalJournal journal;
  private final Buffer record;
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private long reported;

  BareSide(Path directory, byte[] bytes) throws Exception {
    record = Buffer.buffer(bytes);
    journal =
        new LocalJournal(
            new FileDisk(directory),
            JournalThreads.real("bare", context),
            LocalJournal.SEGMENT_BYTES,
            UUID.randomUUID(),
            1);
    journal.onDurable(this::durable);
    reported =
        journal
            .open(Replay.NONE)
            .toCompletionStage()
            .toCompletableFuture()
            .get(60, TimeUnit.SECONDS)
            .position();
  }

  private void durable(long position) {
    for (; reported < position; reported++) {
      waiting.remove().run();
    }
  }

  @Override
  public String name() {
    return "bare LocalJournal";
  }

  @Override
  public void run(Runnable beginning) {
    context.execute(beginning);
  }

  @Override
  public void begin(Runnable done) {
    waiting.add(done);
    journal.append(record);
  }

  @Override
  public void close() throws Exception {
    journal.close().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    context.shutdown();
  }
}
