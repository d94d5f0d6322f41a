package dev.weir.socket;

import static dev.weir.node.Bus.until;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each limit of the door is reached, and holds. */
class SocketLimitsTest {
  @TempDir Path dataDir;
  private Classroom room;

  private void room(JsonObject settings) {
    room = new Classroom(dataDir, new JsonObject().put("capacity", 5)).open(settings);
  }

  @AfterEach
  void close() {
    room.close();
  }

  @Test
  void soManyConnectionsAreLetIn() throws IOException {
    room(new JsonObject().put("connectionsMax", 2));
    try (Classroom.Client one = room.client()) {
      assertEquals("queue_empty", one.consume());
      try (Classroom.Client two = room.client()) {
        assertEquals("queue_empty", two.consume());
        try (Classroom.Client three = room.client()) {
          assertEquals("", three.readAll());
        }
      }
      until("one connection is left", () -> room.door().connectionCount() == 1);
      try (Classroom.Client four = room.client()) {
        assertEquals("queue_empty", four.consume());
      }
      assertEquals("queue_empty", one.consume());
    }
  }

  @Test
  void begunObjectsHaveABoundForAllTogether() throws IOException {
    room(new JsonObject().put("bufferedBytesMax", 2000));
    String begun = "{\"a\":\"" + "x".repeat(893);
    try (Classroom.Client one = room.client();
        Classroom.Client two = room.client();
        Classroom.Client three = room.client()) {
      one.send(begun);
      two.send(begun);
      until("two objects have begun", () -> room.door().bufferedBytes() == 2 * begun.length());
      assertTrue(three.send(begun).readAll().contains("too many unfinished objects"));
      one.send("\"}");
      assertTrue(one.read().contains("type must be"));
      two.reset();
      until("nothing is buffered", () -> room.door().bufferedBytes() == 0);
    }
  }
}
