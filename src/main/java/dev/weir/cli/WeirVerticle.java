package dev.weir.cli;

import dev.weir.bridge.BridgeSettings;
import dev.weir.bridge.BridgeVerticle;
import dev.weir.core.Durability;
import dev.weir.http.HttpSettings;
import dev.weir.http.HttpVerticle;
import dev.weir.journal.FileDisk;
import dev.weir.journal.Journal;
import dev.weir.journal.JournalThreads;
import dev.weir.journal.LocalJournal;
import dev.weir.journal.MemoryJournal;
import dev.weir.node.JournalFactory;
import dev.weir.node.NodeData;
import dev.weir.node.NodeVerticle;
import dev.weir.protocol.Configuration;
import dev.weir.protocol.RequestException;
import dev.weir.protocol.StartFailure;
import dev.weir.socket.SocketSettings;
import dev.weir.socket.SocketVerticle;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executor;

/** The main verticle of a queue node: puts the node and its doors together. */
public final class WeirVerticle extends VerticleBase {

  @Override
  public Future<?> start() {
    Configuration configuration = Configuration.parse(config());
    List<Deployable> doors = doors(configuration);
    JournalFactory journals =
        (durability, verticle, firstEpoch, context) ->
            durability == Durability.MEMORY
                ? new MemoryJournal(firstEpoch, context)
                : localJournal(configuration.dataDir(), verticle, firstEpoch, context);
    Future<String> deployed = vertx.deployVerticle(new NodeVerticle(configuration, journals));
    for (Deployable door : doors) {
      deployed = deployed.compose(previous -> vertx.deployVerticle(door));
    }
    return deployed;
  }

  private static Journal localJournal(
      String dataDir, int verticle, long firstEpoch, Executor context) {
    String name = "journal-" + verticle;
    return new LocalJournal(
        new FileDisk(NodeData.journal(Path.of(dataDir), verticle)),
        JournalThreads.real(name, context),
        LocalJournal.SEGMENT_BYTES,
        UUID.randomUUID(),
        firstEpoch);
  }

  /** The doors that the configuration wants; what is wrong with one is said before any opens. */
  private static List<Deployable> doors(Configuration configuration) {
    List<Deployable> doors = new ArrayList<>();
    try {
      if (configuration.bridge() != null) {
        doors.add(new BridgeVerticle(BridgeSettings.parse(configuration.bridge())));
      }
      if (configuration.socket() != null) {
        doors.add(
            new SocketVerticle(SocketSettings.parse(configuration.socket()), System.out::println));
      }
      if (configuration.http() != null) {
        doors.add(new HttpVerticle(HttpSettings.parse(configuration.http())));
      }
    } catch (RequestException e) {
      throw StartFailure.wrongSetting("wrong setting: " + e.getMessage());
    }
    return doors;
  }
}
