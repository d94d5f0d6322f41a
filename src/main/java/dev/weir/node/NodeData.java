package dev.weir.node;

import dev.weir.core.Durability;
import dev.weir.core.Settings;
import dev.weir.protocol.StartFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * What the data directory of a stopped node says it has; no node can start on it meanwhile, and
 * nothing is changed. Blocks.
 */
public final class NodeData implements AutoCloseable {
  private final Path directory;
  private final Catalog catalog;
  private final List<Queue> queues;

  /**
   * A queue.
   *
   * @param number what its events carry
   * @param verticle whose journal it is in
   */
  public record Queue(String name, int number, int verticle, Settings settings) {
    /** Whether anything of it is on the disk. */
    public boolean isOnDisk() {
      return settings.durability() != Durability.MEMORY;
    }
  }

  private NodeData(Path directory, Catalog catalog, List<Queue> queues) {
    this.directory = directory;
    this.catalog = catalog;
    this.queues = queues;
  }

  /**
   * Looks into a directory.
   *
   * @throws StartFailure where there is none, or a process has it
   */
  public static NodeData open(Path directory) {
    Catalog catalog = Catalog.openToRead(directory);
    List<Queue> queues =
        catalog.load().queues().stream()
            .map(e -> new Queue(e.name(), e.number(), e.verticle(), e.settings()))
            .toList();
    return new NodeData(directory, catalog, queues);
  }

  public List<Queue> queues() {
    return queues;
  }

  /** Where the journal of a verticle is. */
  public static Path journal(Path dataDir, int verticle) {
    return dataDir.resolve("journal-" + verticle);
  }

  public Path journal(int verticle) {
    return journal(directory, verticle);
  }

  @Override
  public void close() throws IOException {
    catalog.close();
  }
}
