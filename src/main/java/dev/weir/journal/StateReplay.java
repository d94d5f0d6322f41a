package dev.weir.journal;

import dev.weir.core.Event;
import dev.weir.core.QueueImage;
import dev.weir.core.QueueState;
import dev.weir.core.Settings;
import io.vertx.core.buffer.Buffer;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;

/** Brings the states of queues back from what a journal held. On one thread at a time. */
public class StateReplay implements Replay {
  private final IntFunction<Settings> settingsOf;
  private final Map<Integer, QueueState> states = new TreeMap<>();
  private ImageReader snapshot = new ImageReader();

  /**
   * @param settingsOf the settings a queue began with, by its number; null for one that was deleted
   *     since, whose events are skipped
   */
  public StateReplay(IntFunction<Settings> settingsOf) {
    this.settingsOf = settingsOf;
  }

  @Override
  public void snapshotChunk(Buffer chunk) {
    snapshot.chunk(chunk);
  }

  @Override
  public void batch(long position, Buffer events) {
    restoreSnapshot();
    EventReader.read(
        events,
        (number, event) -> {
          QueueState state = state(number);
          if (state != null) {
            apply(number, state, event);
          }
        });
  }

  private QueueState state(int number) {
    QueueState state = states.get(number);
    Settings settings = state == null ? settingsOf.apply(number) : null;
    if (settings != null) {
      state = new QueueState(settings);
      states.put(number, state);
    }
    return state;
  }

  /** Applies one event; who checks them looks at it before. */
  protected void apply(int number, QueueState state, Event event) {
    state.apply(event);
  }

  /** Hears of a queue that was in the snapshot. */
  protected void restored(int number, QueueImage image) {
    // nothing to do but where it is checked
  }

  private void restoreSnapshot() {
    if (snapshot != null) {
      snapshot
          .images()
          .forEach(
              (number, image) -> {
                if (settingsOf.apply(number) != null) {
                  restored(number, image);
                  states.put(number, QueueState.restored(image));
                }
              });
      snapshot = null;
    }
  }

  /** The states by the number of their queue, once everything was read: all of it is durable. */
  public Map<Integer, QueueState> states() {
    restoreSnapshot();
    states.values().forEach(QueueState::releaseAll);
    return states;
  }
}
