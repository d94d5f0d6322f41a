package dev.weir.journal;

import io.vertx.core.buffer.Buffer;

/** Takes what a journal held when it was opened, in order: chunks of one snapshot, then batches. */
public interface Replay {

  /** Looks at nothing. */
  Replay NONE =
      new Replay() {
        @Override
        public void snapshotChunk(Buffer chunk) {
          // only whether it can be read counts
        }

        @Override
        public void batch(long position, Buffer events) {
          // only whether it can be read counts
        }
      };

  /** One chunk of the snapshot, exactly as {@link Snapshot#chunks()} gave it. */
  void snapshotChunk(Buffer chunk);

  /** One batch of events, exactly as it was appended. Positions rise by one. */
  void batch(long position, Buffer events);
}
