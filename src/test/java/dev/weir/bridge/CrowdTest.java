package dev.weir.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weir.node.Bus;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A thousand connections wait on an empty queue; then a thousand items come. */
class CrowdTest {
  private static final int CROWD = 1000;

  @TempDir Path directory;

  @Test
  void eachGetsExactlyOneInOrderOfArrival() throws Exception {
    JsonObject patient = Bus.queue("q").put("waitMsMax", 600_000);
    List<Peer> crowd = new ArrayList<>();
    try (Bridged door = new Bridged(directory, new JsonObject(), patient)) {
      String take = "{\"op\":\"take\",\"consumer\":\"c\",\"waitMs\":600000}";
      for (int arrived = 1; arrived <= CROWD; arrived++) {
        Peer peer = door.connect();
        crowd.add(peer);
        peer.say(Peer.send("weir.q.consume", "w", take));
        int waiting = arrived;
        Bus.until("it waits", () -> door.waiting("consume") == waiting);
      }
      JsonArray items = new JsonArray();
      for (int item = 0; item < CROWD; item++) {
        items.add(new JsonObject().put("body", item));
      }
      JsonObject put = new JsonObject().put("op", "put").put("producer", "p").put("items", items);
      door.bus.ask("weir.q.produce", put.encode());
      for (int place = 0; place < CROWD; place++) {
        JsonArray got = crowd.get(place).hear().getJsonObject("body").getJsonArray("items");
        assertEquals(1, got.size());
        assertEquals(place, got.getJsonObject(0).getInteger("body"));
      }
      for (Peer peer : crowd) {
        peer.ping();
      }
      assertEquals(CROWD, door.count("leased"));
    } finally {
      for (Peer peer : crowd) {
        peer.close();
      }
    }
  }
}
