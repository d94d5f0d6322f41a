package dev.weir.journal;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongSupplier;

/**
 * Where the work of one journal is done, and its clock: a simulation has it all in its hand.
 *
 * @param context the queues' own; callbacks run here
 * @param writer runs one task at a time and waits for the disk
 * @param background runs one task at a time and does what nobody waits for: segments ahead of use,
 *     snapshots
 * @param nanoClock nanoseconds since whenever
 * @param stop gives up the threads, once all that was handed to them is done
 */
public record JournalThreads(
    Executor context, Executor writer, Executor background, LongSupplier nanoClock, Runnable stop) {

  /** Two threads of the journal's own beside the given context. */
  public static JournalThreads real(String name, Executor context) {
    ExecutorService writer = thread(name + "-writer");
    ExecutorService background = thread(name + "-background");
    return new JournalThreads(
        context,
        writer,
        background,
        System::nanoTime,
        () -> List.of(writer, background).forEach(ExecutorService::shutdown));
  }

  private static ExecutorService thread(String name) {
    return Executors.newSingleThreadExecutor(
        work -> {
          Thread thread = new Thread(work, name);
          thread.setDaemon(true);
          return thread;
        });
  }
}
