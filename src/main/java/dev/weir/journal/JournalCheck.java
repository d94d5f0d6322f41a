package dev.weir.journal;

import dev.weir.core.Event;
import dev.weir.core.QueueImage;
import dev.weir.core.QueueState;
import dev.weir.core.Settings;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;

/**
 * Reads a journal that nobody has open, as a start would, and holds what it says against itself.
 * Changes nothing. Blocks.
 */
public final class JournalCheck extends StateReplay {
  private final IntFunction<String> names;
  private final Map<Integer, QueueLedger> ledgers = new TreeMap<>();

  /**
   * What was checked of a queue since the last snapshot, and what it holds.
   *
   * @param items those that count against the capacity
   */
  public record Queue(
      String name, long events, long stored, long acked, long items, long deadItems) {}

  /**
   * What was checked.
   *
   * @param snapshotPosition 0 without a snapshot
   * @param cutBatches what a start would cut as a torn tail
   */
  public record Report(
      int segments,
      long snapshotPosition,
      long position,
      long epoch,
      long batches,
      long bytes,
      long cutBatches,
      long cutBytes,
      List<Queue> queues) {}

  private JournalCheck(IntFunction<String> names, IntFunction<Settings> settingsOf) {
    super(settingsOf);
    this.names = names;
  }

  /**
   * Checks a journal.
   *
   * @param names of the queues by number
   * @param settingsOf what they began with, null for one that was deleted
   * @throws JournalDamagedException with the first contradiction
   */
  public static Report check(Disk disk, IntFunction<String> names, IntFunction<Settings> settingsOf)
      throws IOException {
    JournalCheck check = new JournalCheck(names, settingsOf);
    JournalContent content = JournalFiles.read(disk, check);
    check.states().forEach((number, state) -> check.ledger(number).compare(state.freeze()));
    return new Report(
        content.segments().size(),
        content.snapshotPosition(),
        content.position(),
        content.epoch(),
        content.batches(),
        content.bytes() + content.snapshotBytes(),
        content.cutBatches(),
        content.cutBytes(),
        check.ledgers.values().stream().map(QueueLedger::report).toList());
  }

  private QueueLedger ledger(int number) {
    return ledgers.computeIfAbsent(
        number, absent -> new QueueLedger(names.apply(number), Settings.DEFAULT));
  }

  @Override
  public void batch(long at, Buffer events) {
    try {
      super.batch(at, events);
    } catch (JournalDamagedException | IllegalStateException e) {
      throw new JournalDamagedException("at position " + at + ": " + e.getMessage());
    }
  }

  @Override
  protected void restored(int number, QueueImage image) {
    ledger(number).begin(image);
  }

  @Override
  protected void apply(int number, QueueState state, Event event) {
    ledgers.computeIfAbsent(number, n -> new QueueLedger(names.apply(n), state.settings()));
    ledger(number).event(event);
    super.apply(number, state, event);
  }
}
