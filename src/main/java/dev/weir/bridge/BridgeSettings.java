package dev.weir.bridge;

import dev.weir.door.AllowList;
import dev.weir.door.DoorOptions;
import dev.weir.protocol.Fields;
import dev.weir.protocol.RequestException;
import dev.weir.relay.RelayLimits;
import io.vertx.core.json.JsonObject;

/**
 * What {@code bridge} in the configuration says.
 *
 * @param door where it listens, and for how many
 * @param allow which addresses its clients may send to and hear from
 */
public record BridgeSettings(DoorOptions door, AllowList allow, RelayLimits limits) {
  private static final int DEFAULT_PORT = 7000;

  /**
   * Reads and checks them.
   *
   * @throws RequestException that names the setting that is wrong
   */
  public static BridgeSettings parse(JsonObject json) {
    Fields fields = new Fields("bridge.", json);
    BridgeSettings settings =
        new BridgeSettings(
            DoorOptions.read("bridge", fields, DEFAULT_PORT),
            AllowList.read(fields),
            RelayLimits.read("bridge", fields, RelayLimits.OF_PROGRAMS));
    fields.done();
    return settings;
  }
}
