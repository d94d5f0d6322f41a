package dev.weir.bridge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weir.node.Bus;
import io.vertx.core.json.JsonObject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong is said, and costs at most the connection that said it. */
class MalformedTest {
  private static final String SEND = "\"type\":\"send\",\"address\":\"weir.q.manage\"";

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"address\":\"weir.q.manage\"}|unknown_type",
        "{\"type\":\"message\",\"address\":\"weir.q.manage\"}|unknown_type",
        "{\"type\":7}|unknown_type",
        "{\"type\":null}|unknown_type",
        "{}|unknown_type",
        "{\"type\":\"send\"}|address_required",
        "{\"type\":\"publish\",\"address\":null}|address_required",
        "{\"type\":\"register\",\"address\":{}}|address_required",
        "{\"type\":\"unregister\",\"address\":\"\"}|address_required",
        "{\"type\":\"send\",|invalid_json",
        "{\"type\":\"ping\"}}|invalid_json",
        "nonsense|invalid_json",
        "[1,2]|invalid_frame",
        "null|invalid_frame",
        "3|invalid_frame",
        "{" + SEND + ",\"replyAddress\":7}|invalid_frame",
        "{" + SEND + ",\"headers\":[]}|invalid_frame",
        "{" + SEND + ",\"headers\":{\"a\":null}}|invalid_frame",
        "{" + SEND + ",\"headers\":{\"codecName\":\"x\"}}|invalid_frame",
        "{" + SEND + ",\"headers\":{\"timeout\":\"x\"}}|invalid_frame",
        "{" + SEND + ",\"headers\":{\"timeout\":0}}|invalid_frame",
        "{" + SEND + ",\"headers\":{\"localOnly\":1}}|invalid_frame",
        "{" + SEND + ",\"body\":123456789012345678901234567890}|invalid_frame",
        "{\"type\":\"send\",\"address\":\"weir.q.consume\",\"body\":{\"op\":\"take\"}}"
            + "|reply_address_required",
      })
  void theConnectionGoesOn(String frame, String word) throws Exception {
    try (Bridged door = new Bridged(directory);
        Peer peer = door.connect()) {
      peer.say(frame);
      peer.hearError(word);
      peer.ping();
    }
  }

  @Test
  void bytesThatAreNoTextAndNestingWithoutEndAreNoJson() throws Exception {
    try (Bridged door = new Bridged(directory);
        Peer peer = door.connect()) {
      byte[] latin = "{\"type\":\"ping\",\"é\":1}".getBytes(StandardCharsets.ISO_8859_1);
      peer.raw(Peer.frame(latin));
      peer.hearError("invalid_json");
      peer.say("[".repeat(100_000));
      peer.hearError("invalid_json");
      peer.say("{\"type\":\"ping\",\"x\":" + "9".repeat(100_000) + "}");
      peer.hearError("invalid_json");
      peer.ping();
    }
  }

  @Test
  void aLengthOfZeroIsSteppedOver() throws Exception {
    try (Bridged door = new Bridged(directory);
        Peer peer = door.connect()) {
      peer.raw(new byte[8]);
      peer.hearError("invalid_frame");
      peer.hearError("invalid_frame");
      for (byte piece : new byte[4]) {
        peer.raw(new byte[] {piece});
      }
      peer.hearError("invalid_frame");
      peer.ping();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "-1,invalid_frame",
    "-2147483648,invalid_frame",
    "2147483647,frame_too_large",
    "1001,frame_too_large"
  })
  void alengthThatCanNotBeEndsTheConnection(int length, String word) throws Exception {
    JsonObject settings = new JsonObject().put("frameBytesMax", 1000);
    try (Bridged door = new Bridged(directory, settings, Bus.queue("q"));
        Peer good = door.connect();
        Peer whole = door.connect();
        Peer inPieces = door.connect()) {
      byte[] bytes = ByteBuffer.allocate(4).putInt(length).array();
      whole.raw(bytes);
      whole.hearError(word);
      whole.awaitClosed();
      for (byte piece : bytes) {
        inPieces.raw(new byte[] {piece});
      }
      inPieces.hearError(word);
      inPieces.awaitClosed();
      Bus.until("both are gone", () -> door.bridge.connectionCount() == 1);
      good.ping();
    }
  }

  /** What was asked before is still answered, and who sends on hears why. */
  @Test
  void whoIsSentAwayStillGetsItsAnswers() throws Exception {
    JsonObject settings = new JsonObject().put("frameBytesMax", 1000);
    try (Bridged door = new Bridged(directory, settings, Bus.queue("q"));
        Peer peer = door.connect()) {
      byte[] asked = Peer.frame(Peer.send("weir.q.manage", "r", "{\"op\":\"stats\"}"));
      byte[] large = Peer.frame("x".repeat(500_000));
      peer.raw(ByteBuffer.allocate(asked.length + large.length).put(asked).put(large).array());
      peer.hearError("frame_too_large");
      assertEquals("r", peer.hear().getString("address"));
      peer.awaitClosed();
    }
  }
}
