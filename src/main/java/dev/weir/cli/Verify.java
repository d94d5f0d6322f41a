package dev.weir.cli;

import dev.weir.journal.FileDisk;
import dev.weir.journal.JournalCheck;
import dev.weir.journal.JournalDamagedException;
import dev.weir.node.NodeData;
import dev.weir.protocol.StartFailure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The sub-command that reads a stopped node's data as a start would, and changes nothing. */
final class Verify {
  private final Path data;
  private final String queue;

  private Verify(Path data, String queue) {
    this.data = data;
    this.queue = queue;
  }

  /** Returns the exit code: 1 where something contradicts, which is printed. */
  static int run(String[] args) {
    Path data = Path.of("data");
    String queue = null;
    for (int at = 0; at < args.length; at++) {
      if (at + 1 < args.length && args[at].equals("--data")) {
        data = Path.of(args[++at]);
      } else if (at + 1 < args.length && args[at].equals("--queue")) {
        queue = args[++at];
      } else {
        throw StartFailure.wrongSetting("verify: argument " + args[at] + " is not known: see -h");
      }
    }
    return new Verify(data, queue).run();
  }

  private int run() {
    try (NodeData node = NodeData.open(data)) {
      if (queue != null && node.queues().stream().noneMatch(known -> known.name().equals(queue))) {
        throw StartFailure.canNotServe(data + " has no queue " + queue);
      }
      Map<Integer, List<NodeData.Queue>> journals =
          node.queues().stream()
              .filter(NodeData.Queue::isOnDisk)
              .collect(
                  Collectors.groupingBy(
                      NodeData.Queue::verticle, TreeMap::new, Collectors.toList()));
      for (Map.Entry<Integer, List<NodeData.Queue>> journal : journals.entrySet()) {
        if (journal.getValue().stream().anyMatch(this::isWanted)) {
          check(node.journal(journal.getKey()), journal.getValue());
        }
      }
      node.queues().stream()
          .filter(known -> !known.isOnDisk() && isWanted(known))
          .forEach(this::inMemory);
      System.out.println("nothing contradicts");
      return 0;
    } catch (JournalDamagedException | IOException e) {
      System.out.println("CONTRADICTION " + e.getMessage());
      return 1;
    }
  }

  private boolean isWanted(NodeData.Queue known) {
    return queue == null || known.name().equals(queue);
  }

  private void inMemory(NodeData.Queue known) {
    System.out.println("queue " + known.name() + ": in memory, nothing of it is on the disk");
  }

  private void check(Path journal, List<NodeData.Queue> queues) throws IOException {
    Map<Integer, NodeData.Queue> byNumber =
        queues.stream().collect(Collectors.toMap(NodeData.Queue::number, known -> known));
    JournalCheck.Report report =
        JournalCheck.check(
            new FileDisk(journal),
            number -> byNumber.get(number).name(),
            number -> byNumber.containsKey(number) ? byNumber.get(number).settings() : null);
    System.out.printf(
        "journal %s: %d segments, snapshot at position %d, %d batches up to position %d, epoch %d,"
            + " %d bytes; a start would cut %d batches, %d bytes%n",
        journal,
        report.segments(),
        report.snapshotPosition(),
        report.batches(),
        report.position(),
        report.epoch(),
        report.bytes(),
        report.cutBatches(),
        report.cutBytes());
    for (JournalCheck.Queue checked : report.queues()) {
      if (queue == null || checked.name().equals(queue)) {
        System.out.printf(
            "queue %s: %d events since the snapshot, %d items stored, %d acked; holds %d items and"
                + " %d dead%n",
            checked.name(),
            checked.events(),
            checked.stored(),
            checked.acked(),
            checked.items(),
            checked.deadItems());
      }
    }
  }
}
