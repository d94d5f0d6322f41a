package dev.weir.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weir.protocol.Fields;
import dev.weir.protocol.RequestException;
import io.vertx.core.json.JsonObject;
import java.net.BindException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DoorOptionsTest {

  private static DoorOptions read(JsonObject json) {
    return DoorOptions.read("bridge", new Fields("bridge.", json), 7000);
  }

  @Test
  void theDefaultIsLoopback() {
    assertEquals(new DoorOptions("bridge", "127.0.0.1", 7000, 5000), read(new JsonObject()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.1.2.3", "::1", "localhost"})
  void loopbackNeedsNoMore(String host) {
    assertEquals(host, read(new JsonObject().put("host", host)).host());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1", "example.org", "127.0.0.1.example.org"})
  void anyOtherAddressMustBeWanted(String host) {
    JsonObject json = new JsonObject().put("host", host);
    RequestException refused = assertThrows(RequestException.class, () -> read(json));
    assertTrue(refused.getMessage().contains("bridge.insecure"), refused.getMessage());
    assertEquals(host, read(json.put("insecure", true)).host());
  }

  @Test
  void aPortInUseIsToldInTheSystemsWordsWhateverTheTransport() {
    DoorOptions door = read(new JsonObject().put("port", 7001));
    String expected = "bridge: 127.0.0.1:7001 can not be listened on: Address already in use";
    for (String told :
        List.of(
            "Address already in use", "bind(..) failed with error(-98): Address already in use")) {
      assertEquals(expected, door.canNotListen(new BindException(told)).getMessage());
    }
  }
}
