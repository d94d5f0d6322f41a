package dev.weir.http;

import static dev.weir.node.Bus.queue;
import static dev.weir.node.Bus.until;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The event bus over web sockets: what it carries, what it refuses, and where its bounds are. */
class SockJsTest {
  private static final String PUT = "{\"op\":\"put\",\"producer\":\"p\",\"body\":%d%s}";
  private static final String TAKE = "{\"op\":\"take\",\"consumer\":\"c\"%s}";
  private static final String WAIT = ",\"waitMs\":20000";

  @TempDir Path dataDir;
  private HttpRoom room;

  private Page open(JsonObject settings) {
    JsonObject lab = queue("lab").put("durability", "memory").put("capacity", 2);
    room = new HttpRoom(dataDir, settings, lab);
    return page();
  }

  private Page page() {
    return new Page(room.bus.vertx, room.door.port());
  }

  @AfterEach
  void close() {
    room.close();
  }

  @Test
  void requestsAreAnsweredAndFailuresHaveTheirCode() {
    Page page = open(new JsonObject());
    assertEquals("stored", page.ask("weir.lab.produce", PUT.formatted(1, "")).getString("status"));
    JsonObject item =
        page.ask("weir.lab.consume", TAKE.formatted("")).getJsonArray("items").getJsonObject(0);
    assertEquals(1, item.getInteger("body"));
    JsonObject wrong = page.frame("weir.lab.produce", "{\"op\":\"put\"}");
    assertEquals("err", wrong.getString("type"));
    assertEquals(400, wrong.getInteger("failureCode"));
    assertEquals("RECIPIENT_FAILURE", wrong.getString("failureType"));
    assertEquals("NO_HANDLERS", page.frame("weir.nobody.produce", "{}").getString("failureType"));
  }

  @Test
  void whatIsNotAllowedFailsWhereItWasAsked() {
    Page page =
        open(
            new JsonObject()
                .put(
                    "inboundPermitteds",
                    new JsonArray().add(new JsonObject().put("addressRegex", "weir\\..*"))));
    JsonObject denied = page.frame("somewhere", "{}");
    assertEquals(403, denied.getInteger("failureCode"));
    assertEquals("forbidden: access_denied somewhere", denied.getString("message"));
    for (String internal : new String[] {"weir.internal.gone", "weir.internal.figures"}) {
      assertEquals(403, page.frame(internal, "{}").getInteger("failureCode"), internal);
      page.say("{\"type\":\"publish\",\"address\":\"" + internal + "\",\"body\":{}}");
      assertEquals("access_denied", page.hear().getString("body"));
      page.say("{\"type\":\"register\",\"address\":\"" + internal + "\"}");
      assertEquals("access_denied", page.hear().getString("body"));
    }
  }

  @Test
  void rubbishIsNamedAndTheSocketGoesOn() {
    Page page = open(new JsonObject());
    String[][] rubbish = {
      {"{", "invalid_json"},
      {"[]", "invalid_frame"},
      {"{}", "unknown_type"},
      {"{\"type\":\"sing\"}", "unknown_type"},
      {"{\"type\":\"send\"}", "address_required"},
      {"{\"type\":\"send\",\"address\":\"a\",\"headers\":1}", "invalid_frame"}
    };
    for (String[] one : rubbish) {
      page.say(one[0]);
      assertEquals(one[1], page.hear().getString("body"), one[0]);
    }
    page.say("{\"type\":\"ping\"}");
    assertEquals("lab", page.ask("weir.lab.manage", "{\"op\":\"stats\"}").getString("queue"));
  }

  @Test
  void figuresComeWhileSomebodyListens() {
    Page page = open(new JsonObject());
    page.say("{\"type\":\"register\",\"address\":\"weir.lab.events\"}");
    JsonObject heard = page.hear();
    assertEquals("rec", heard.getString("type"));
    assertEquals("weir.lab.events", heard.getString("address"));
    assertEquals("lab", heard.getJsonObject("body").getString("queue"));
    page.say("{\"type\":\"unregister\",\"address\":\"weir.lab.events\"}");
    page.say("{\"type\":\"unregister\",\"address\":\"weir.lab.events\"}");
    while (heard.getString("body", "").isEmpty() || heard.getValue("address") != null) {
      heard = text(page.hear());
    }
    assertEquals("unknown_address", heard.getString("body"));
  }

  private static JsonObject text(JsonObject frame) {
    return frame.getValue("body") instanceof String ? frame : new JsonObject();
  }

  @Test
  void whoAsksIsSaidByTheDoor() {
    Page page = open(new JsonObject());
    page.ask("weir.lab.manage", "{\"op\":\"pause\",\"side\":\"consume\",\"by\":\"Ada\"}");
    JsonObject change =
        page.ask("weir.lab.manage", "{\"op\":\"audit\"}").getJsonArray("changes").getJsonObject(0);
    assertTrue(change.getString("from").contains("http-"), change.encode());
  }

  @Test
  void theEndOfASocketEndsItsWaitsAndLeases() {
    Page page = open(new JsonObject());
    page.ask("weir.lab.produce", PUT.formatted(1, ""));
    page.ask("weir.lab.consume", TAKE.formatted(""));
    page.ask("weir.lab.produce", PUT.formatted(2, ""));
    page.send("weir.lab.produce", PUT.formatted(3, WAIT));
    until("the put waits", () -> room.waiting("produce") == 1);
    assertEquals(1, room.count("leased"));
    page.close();
    until("it left the line", () -> room.waiting("produce") == 0);
    until("the item is ready again", () -> room.count("ready") == 2);
    until("the connection is forgotten", () -> room.door.connectionCount() == 0);
  }

  @Test
  void soManyRequestsMayWait() {
    Page page = open(new JsonObject().put("waitingMax", 3));
    Set<String> waiting = new HashSet<>();
    for (int wait = 0; wait < 3; wait++) {
      waiting.add(page.send("weir.lab.consume", TAKE.formatted(WAIT)));
    }
    JsonObject refused = page.frame("weir.lab.consume", TAKE.formatted(WAIT));
    assertEquals(429, refused.getInteger("failureCode"), refused.encode());
    assertEquals(3, room.waiting("consume"));
    page.ask("weir.lab.manage", "{\"op\":\"stats\"}");
    assertFalse(page.isClosed());
  }

  @Test
  void soManyMayBeUndecidedAndSoManyMoreMayCome() {
    Page page = open(new JsonObject().put("undecidedMax", 4).put("waitingMax", 4));
    AtomicInteger asked = new AtomicInteger();
    room.bus.vertx.eventBus().consumer("weir.held.manage", message -> asked.incrementAndGet());
    for (int ask = 0; ask < 8; ask++) {
      page.send("weir.held.manage", "{}");
    }
    until("four were asked", () -> asked.get() == 4);
    assertFalse(page.isClosed());
    page.send("weir.held.manage", "{}");
    until("one more is too many", page::isClosed);
    assertEquals(4, asked.get());
    until("nothing is kept", () -> room.door.bufferedBytes() == 0);
  }

  @Test
  void aFrameThatIsTooLongEndsTheSocket() {
    Page page = open(new JsonObject().put("frameBytesMax", 1000));
    page.say(" ".repeat(1500));
    assertEquals("frame_too_large", page.hear().getString("body"));
    page.say(" ".repeat(5000));
    until("it is closed", page::isClosed);
    try (Page other = page()) {
      assertEquals("lab", other.ask("weir.lab.manage", "{\"op\":\"stats\"}").getString("queue"));
    }
  }

  @Test
  void aSocketThatSaysNothingEnds() {
    Page page = open(new JsonObject().put("idleMs", 200).put("headerMs", 200));
    until("it is closed", page::isClosed);
    try (Page waiting = page()) {
      JsonObject empty = waiting.ask("weir.lab.consume", TAKE.formatted(",\"waitMs\":1000"));
      assertEquals("empty", empty.getString("status"), "who waits for an answer is not idle");
    }
  }

  /** Nobody keeps a connection by closing the web socket on it. */
  @Test
  void aClosedWebSocketEndsItsConnection() throws IOException {
    open(new JsonObject()).close();
    try (RawClient client = room.connect()) {
      client.head("GET", "/eventbus/websocket");
      client.send("upgrade: websocket\r\nconnection: upgrade\r\nsec-websocket-version: 13\r\n");
      client.send("sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
      assertEquals(101, client.status());
      client.send(new byte[] {(byte) 0x88, (byte) 0x80, 0, 0, 0, 0});
      assertTrue(client.hasEnded());
    }
  }

  @Test
  void soManySocketsAndNoMore() {
    Page page = open(new JsonObject().put("connectionsMax", 1));
    assertTrue(room.door.connectionCount() == 1 && !page.isClosed());
    try (Page second = page()) {
      throw new AssertionError("a second one came in: " + second);
    } catch (RuntimeException refused) {
      assertEquals(1, room.door.connectionCount());
    }
    page.close();
    until("it left", () -> room.door.connectionCount() == 0);
    page().ask("weir.lab.manage", "{\"op\":\"stats\"}");
  }
}
