package dev.weir.protocol;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.weir.core.Body;
import dev.weir.core.Command;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A put as bytes: what it was, or refused. */
class PutCodecTest {
  private static final int BEFORE = 3;
  private final PutCodec codec = new PutCodec();

  private static Command.PutItem item(String json) {
    return new Command.PutItem(Body.of(json), null, 0);
  }

  private static Command.Put put(String producer, Command.PutItem... items) {
    return new Command.Put(producer, 0, null, -1, List.of(items));
  }

  private Buffer wire(Command.Put put) {
    Buffer wire = Buffer.buffer(new byte[BEFORE]);
    codec.encodeToWire(wire, put);
    return wire;
  }

  private Command.Put overTheWire(Command.Put put) {
    return codec.decodeFromWire(BEFORE, wire(put));
  }

  @Test
  void comesOutAsItWentIn() {
    Random random = new Random(7);
    for (int round = 0; round < 500; round++) {
      List<Command.PutItem> items = new ArrayList<>();
      for (int i = random.nextInt(20); i >= 0; i--) {
        String key = random.nextBoolean() ? null : "ключ-" + random.nextInt(9);
        String json = Json.encode(new JsonObject().put("täxt", "x".repeat(random.nextInt(300))));
        items.add(new Command.PutItem(Body.of(json), key, random.nextInt(1000)));
      }
      boolean numbered = random.nextBoolean();
      Command.Put put =
          new Command.Put(
              "p" + round,
              random.nextInt(1 << 30),
              numbered ? "s-" + round : null,
              numbered ? random.nextInt(1 << 30) : -1,
              items);
      assertEquals(put, overTheWire(put));
    }
  }

  @Test
  void isNotEvenCopiedWithinAProcess() {
    Command.Put put = put("p", item("1"));
    assertSame(put, codec.transform(put));
  }

  @Test
  void whatEndsTooEarlyIsRefusedAtEveryByte() {
    Command.Put put = new Command.Put("p", 5, "s", 7, List.of(item("{\"a\":[1,2]}"), item("2")));
    Buffer wire = wire(put);
    for (int end = BEFORE; end < wire.length(); end++) {
      Buffer cut = wire.getBuffer(0, end);
      assertThrows(RequestException.class, () -> codec.decodeFromWire(BEFORE, cut), "" + end);
    }
  }

  @Test
  void noBytesBringItDown() {
    Random random = new Random(11);
    Buffer good = wire(new Command.Put("p", 5, "s", 7, List.of(item("[true]"), item("2"))));
    for (int round = 0; round < 20_000; round++) {
      Buffer bad = good.copy();
      for (int i = random.nextInt(4); i >= 0; i--) {
        bad.setByte(BEFORE + random.nextInt(bad.length() - BEFORE), (byte) random.nextInt());
      }
      try {
        Requests.parse(Role.PRODUCE, codec.decodeFromWire(BEFORE, bad));
      } catch (RequestException refused) {
        assertEquals(Code.BAD_REQUEST, refused.code());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{no",
        "{\"a\":1",
        "[1,2",
        "1 2",
        "{} {}",
        "]",
        "tru",
        "\"open",
        "01",
        "{\"a\"}",
        "// no\n1",
        "\"\u0001\"",
        "nul",
        "[1,]",
        "NaN",
        "\\u0022"
      })
  void whatIsNotOneJsonValueIsRefused(String body) {
    RequestException refused =
        assertThrows(RequestException.class, () -> overTheWire(put("p", item("1"), item(body))));
    assertEquals("items[1].body must be the bytes of one JSON value", refused.getMessage());
  }

  @Test
  void brokenUtf8AndWhatIsTooDeepAreRefused() {
    byte[] broken = {'"', (byte) 0xC3, '"', '"'};
    Command.PutItem item = new Command.PutItem(new Body(broken), null, 0);
    assertThrows(RequestException.class, () -> overTheWire(put("p", item)));
    String deep = "[".repeat(5000) + "]".repeat(5000);
    assertThrows(RequestException.class, () -> overTheWire(put("p", item(deep))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "0",
        "-1.5e3",
        "\"\"",
        "\"ä\\u00e4\"",
        "true",
        "[]",
        "{}",
        " [ 1 , {\"a\" : null} ] ",
        "123456789012345678901234567890"
      })
  void everyJsonValueGoesThroughAndCanBeDecoded(String body) {
    Body came = overTheWire(put("p", item(body))).items().get(0).body();
    assertEquals(body, new String(came.utf8(), StandardCharsets.UTF_8));
    assertDoesNotThrow(() -> Bodies.decode(came));
  }

  private static List<Command.Put> wrong() {
    String longName = "x".repeat(129);
    Command.PutItem one = item("1");
    return List.of(
        put(null, one),
        put("", one),
        put(longName, one),
        put("p"),
        new Command.Put("p", -1, null, -1, List.of(one)),
        new Command.Put("p", 1L << 31, null, -1, List.of(one)),
        new Command.Put("p", 0, "s", -1, List.of(one)),
        new Command.Put("p", 0, null, 0, List.of(one)),
        new Command.Put("p", 0, "s", 1L << 53, List.of(one)),
        new Command.Put("p", 0, "s", -2, List.of(one)),
        new Command.Put("p", 0, "", 0, List.of(one)),
        put("p", new Command.PutItem(Body.of("1"), "", 0)),
        put("p", new Command.PutItem(Body.of("1"), longName, 0)),
        put("p", new Command.PutItem(Body.of("1"), null, -1)),
        put("p", new Command.PutItem(Body.of("1"), null, 1L << 31)));
  }

  @Test
  void theRulesAreThoseOfJson() {
    for (Command.Put put : wrong()) {
      RequestException binary =
          assertThrows(RequestException.class, () -> Requests.parse(Role.PRODUCE, put), "" + put);
      RequestException json =
          assertThrows(RequestException.class, () -> Requests.parse(Role.PRODUCE, asJson(put)));
      assertEquals(json.code(), binary.code());
      assertEquals(json.getMessage(), binary.getMessage());
    }
    Command.Put fine = new Command.Put("p", 3, "s", 0, List.of(item("1")));
    assertEquals(fine, Requests.parse(Role.PRODUCE, fine));
    assertEquals(fine, Requests.parse(Role.PRODUCE, asJson(fine)));
    assertThrows(RequestException.class, () -> Requests.parse(Role.CONSUME, fine));
  }

  private static JsonObject asJson(Command.Put put) {
    JsonArray items = new JsonArray();
    for (Command.PutItem item : put.items()) {
      JsonObject json = new JsonObject().put("body", Bodies.decode(item.body()));
      if (item.key() != null) {
        json.put("key", item.key());
      }
      items.add(json.put("delayMs", item.delayMs()));
    }
    JsonObject json = new JsonObject().put("op", "put").put("waitMs", put.waitMs());
    if (put.producer() != null) {
      json.put("producer", put.producer());
    }
    if (put.session() != null) {
      json.put("session", put.session());
    }
    if (put.seq() != -1) {
      json.put("seq", put.seq());
    }
    return json.put("items", items);
  }

  @Test
  void mayBeRegisteredByEverybody() {
    Vertx vertx = Vertx.vertx();
    try {
      PutCodec.register(vertx.eventBus());
      PutCodec.register(vertx.eventBus());
      assertThrows(
          IllegalStateException.class, () -> vertx.eventBus().registerCodec(new PutCodec()));
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }
}
