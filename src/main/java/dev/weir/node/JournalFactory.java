package dev.weir.node;

import dev.weir.core.Durability;
import dev.weir.journal.Journal;
import java.util.concurrent.Executor;

/** Makes the journals of a node. */
public interface JournalFactory {

  /**
   * A journal for the queues of one verticle that want this durability.
   *
   * @param verticle which verticle, from 0
   * @param firstEpoch where an empty journal begins
   * @param context where callbacks run
   */
  Journal create(Durability durability, int verticle, long firstEpoch, Executor context);
}
