package dev.weir.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Objects come out whole, with their very bytes, however the bytes came in. */
class ObjectCutterTest {
  private static final List<String> OBJECTS =
      List.of(
          "{\"type\": \"producer\", \"producer_id\": 2, \"timestamp\": 1728033830.978511}",
          "{}",
          "{ \"a\":{\"b\":[1,{\"c\":\"} \\\" {\"}]} ,\"ü\":\"€ 😀\" }",
          "{\"z\":-1.50e3}");
  private static final String STREAM =
      OBJECTS.get(0) + OBJECTS.get(1) + " \r\n\t" + OBJECTS.get(2) + OBJECTS.get(3) + "\n";

  private final List<String> found = new ArrayList<>();
  private final ObjectCutter cutter = new ObjectCutter(1000);

  private void feed(byte[] bytes) throws BadStream {
    cutter.feed(bytes, object -> found.add(new String(object, StandardCharsets.UTF_8)));
  }

  private void feed(String text) throws BadStream {
    feed(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void stuckTogether() throws BadStream {
    feed(STREAM);
    assertEquals(OBJECTS, found);
    assertEquals(0, cutter.heldBytes());
  }

  @Test
  void oneByteAtATime() throws BadStream {
    for (byte one : STREAM.getBytes(StandardCharsets.UTF_8)) {
      feed(new byte[] {one});
    }
    assertEquals(OBJECTS, found);
  }

  @Test
  void inTwoPiecesAtAnyByte() throws BadStream {
    byte[] all = STREAM.getBytes(StandardCharsets.UTF_8);
    for (int at = 0; at <= all.length; at++) {
      found.clear();
      feed(Arrays.copyOf(all, at));
      feed(Arrays.copyOfRange(all, at, all.length));
      assertEquals(OBJECTS, found, "in two at " + at);
    }
  }

  @Test
  void inThreePiecesAtAnyBytes() throws BadStream {
    byte[] all = STREAM.getBytes(StandardCharsets.UTF_8);
    for (int from = 0; from <= all.length; from += 3) {
      for (int to = from; to <= all.length; to++) {
        found.clear();
        feed(Arrays.copyOf(all, from));
        feed(Arrays.copyOfRange(all, from, to));
        feed(Arrays.copyOfRange(all, to, all.length));
        assertEquals(OBJECTS, found, "in three at " + from + " and " + to);
      }
    }
  }

  private String refused(String text) {
    return assertThrows(BadStream.class, () -> feed(text)).getMessage();
  }

  @Test
  void whatComesBeforeTheBadOneIsTaken() {
    assertTrue(refused("{\"a\":1} x").contains("0x78"));
    assertEquals(List.of("{\"a\":1}"), found);
  }

  @Test
  void noJson() {
    for (String text : List.of("[1]", "17", "\"x\"", "{\"a\":}", "{a:1}", "{\"a\":1,}", "{]")) {
      ObjectCutter fresh = new ObjectCutter(1000);
      assertThrows(
          BadStream.class,
          () -> fresh.feed(text.getBytes(StandardCharsets.UTF_8), object -> {}),
          text);
    }
  }

  @Test
  void nesting() throws BadStream {
    String deep = "{\"a\":".repeat(63) + "{}" + "}".repeat(63);
    feed(deep);
    assertEquals(List.of(deep), found);
    assertTrue(refused("{\"a\":".repeat(64) + "{}" + "}".repeat(64)).contains("64"));
  }

  @Test
  void length() throws BadStream {
    String longest = "{\"a\":\"" + "x".repeat(992) + "\"}";
    assertEquals(1000, longest.length());
    feed(longest + "{}");
    assertEquals(List.of(longest, "{}"), found);
    String longer = "{\"a\":\"" + "x".repeat(993) + "\"}";
    assertTrue(refused(longer).contains("over 1000 bytes"));
  }

  @Test
  void aNeverEndingObjectIsRefusedBeforeItIsHeld() throws BadStream {
    feed("{\"a\":\"" + "x".repeat(900));
    assertTrue(refused("x".repeat(100_000)).contains("over 1000 bytes"));
    assertTrue(cutter.heldBytes() <= 1000);
  }
}
