package dev.weir.bench.journal;

/** Something that makes records durable, with so many outstanding. */
interface Side extends AutoCloseable {

  String name();

  /** Begins one record; {@code done} runs on any thread once it is on the disk. */
  void begin(Runnable done);

  /** Runs this where records are begun. */
  default void run(Runnable beginning) {
    beginning.run();
  }

  /** Makes room again, between two measurements. */
  default void reset() throws InterruptedException {
    // nothing piles up but where it says so
  }

  /** How many records one call of {@link #begin} stands for. */
  default int records() {
    return 1;
  }

  /** Whether so many may be outstanding. */
  default boolean takes(int outstanding) {
    return true;
  }

  @Override
  void close() throws Exception;
}
