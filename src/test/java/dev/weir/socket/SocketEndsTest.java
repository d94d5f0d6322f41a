package dev.weir.socket;

import static dev.weir.node.Bus.until;
import static dev.weir.socket.Classroom.item;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Programs end in every state and in every way: nothing is lost, and nothing stays behind. */
class SocketEndsTest {
  private static final String ASK = "{\"type\": \"consumer\"}";

  @TempDir Path dataDir;
  private Classroom room;

  /** How a program goes. */
  enum End {
    CLOSE {
      @Override
      void of(Classroom.Client client) throws IOException {
        client.close();
      }
    },
    RESET {
      @Override
      void of(Classroom.Client client) throws IOException {
        client.reset();
      }
    },
    HALF_CLOSE {
      @Override
      void of(Classroom.Client client) throws IOException {
        client.socket.shutdownOutput();
      }
    };

    abstract void of(Classroom.Client client) throws IOException;
  }

  @BeforeEach
  void open() {
    room = new Classroom(dataDir, new JsonObject().put("capacity", 1)).open(new JsonObject());
  }

  @AfterEach
  void close() {
    room.close();
  }

  private int waiting(String side) {
    return room.bus
        .ask("weir.lab.manage", "{\"op\":\"stats\"}")
        .getJsonObject("waiting")
        .getInteger(side);
  }

  private void nothingStays() {
    until("it is forgotten", () -> room.door().connectionCount() == 0);
    assertEquals(0, room.door().bufferedBytes());
    assertEquals(0, waiting("produce") + waiting("consume"));
    assertEquals(0, room.count("leased"));
  }

  private void isNext(int value, int attempt) {
    JsonObject taken = room.take();
    assertEquals(value, taken.getJsonObject("body").getInteger("value"));
    assertEquals(attempt, taken.getInteger("attempt"));
  }

  @ParameterizedTest
  @EnumSource
  void beforeItSaidAnything(End end) throws IOException {
    Classroom.Client client = room.client();
    until("it is in", () -> room.door().connectionCount() == 1);
    end.of(client);
    nothingStays();
  }

  @ParameterizedTest
  @EnumSource
  void inTheMiddleOfAnObject(End end) throws IOException {
    Classroom.Client client = room.client().send(item(1, 1) + "{\"type\": \"prod");
    room.line("Produced");
    until("it has begun", () -> room.door().bufferedBytes() == 14);
    end.of(client);
    nothingStays();
    isNext(1, 1);
  }

  @ParameterizedTest
  @EnumSource
  void aProducerThatWaitsForRoom(End end) throws IOException {
    Classroom.Client client = room.client().send(item(1, 1) + item(1, 2) + item(1, 3));
    room.line("Produced: " + item(1, 1));
    until("it waits", () -> waiting("produce") == 1);
    end.of(client);
    isNext(1, 1);
    isNext(2, 1);
    isNext(3, 1);
    nothingStays();
  }

  @ParameterizedTest
  @EnumSource
  void aConsumerThatWaitsForAnItem(End end) throws IOException {
    Classroom.Client client = room.client().send(ASK + ASK + ASK);
    until("it waits", () -> waiting("consume") == 1);
    end.of(client);
    nothingStays();
    room.bus.ask("weir.lab.produce", "{\"op\":\"put\",\"producer\":\"p\",\"body\":{\"value\":4}}");
    isNext(4, 1);
  }

  @ParameterizedTest
  @EnumSource
  void aConsumerThatHoldsAnItem(End end) throws IOException {
    room.bus.ask("weir.lab.produce", "{\"op\":\"put\",\"producer\":\"p\",\"body\":{\"value\":5}}");
    Classroom.Client client = room.client();
    assertEquals("{\"value\":5}", client.consume());
    end.of(client);
    until("it is ready again", () -> room.count("ready") == 1);
    nothingStays();
    isNext(5, 2);
  }

  @ParameterizedTest
  @EnumSource
  void aConsumerThatHoldsAnItemAndWaitsForTheNext(End end) throws IOException {
    room.bus.ask("weir.lab.produce", "{\"op\":\"put\",\"producer\":\"p\",\"body\":{\"value\":6}}");
    Classroom.Client client = room.client();
    assertEquals("{\"value\":6}", client.consume());
    client.send(ASK);
    until("the first is acknowledged", () -> room.count("leased") == 0);
    until("it waits", () -> waiting("consume") == 1);
    end.of(client);
    nothingStays();
    assertEquals(0, room.count("ready"), "what was acknowledged is done");
  }
}
