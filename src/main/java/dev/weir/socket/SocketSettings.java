package dev.weir.socket;

import dev.weir.door.DoorOptions;
import dev.weir.protocol.Addresses;
import dev.weir.protocol.Fields;
import dev.weir.protocol.RequestException;
import io.vertx.core.json.JsonObject;

/**
 * What {@code socket} in the configuration says.
 *
 * @param queue the queue behind the door
 * @param autoAck whether an item is done as soon as it is handed out, as the original had it
 * @param objectBytesMax a longer object ends its connection, in bytes
 * @param bufferedBytesMax what the begun objects of all connections may hold together, in bytes
 * @param unreadMs so long an answer may wait to be read, in milliseconds
 */
public record SocketSettings(
    DoorOptions door,
    String queue,
    boolean autoAck,
    int objectBytesMax,
    long bufferedBytesMax,
    long unreadMs) {
  private static final int DEFAULT_PORT = 12_345;
  private static final int OBJECT_BYTES_MAX = 1 << 20;
  private static final int OBJECT_BYTES_MOST = 1 << 30;
  private static final long BUFFERED_BYTES_MAX = 64L << 20;
  private static final long UNREAD_MS = 30_000;

  /**
   * Reads and checks them.
   *
   * @throws RequestException that names the setting that is wrong
   */
  public static SocketSettings parse(JsonObject json) {
    Fields fields = new Fields("socket.", json);
    String queue = fields.optionalName("queue");
    if (queue != null && !Addresses.isQueueName(queue)) {
      throw RequestException.bad("socket.queue must be 1 to 64 letters, digits, _ or -");
    }
    SocketSettings settings =
        new SocketSettings(
            DoorOptions.read("socket", fields, DEFAULT_PORT),
            queue == null ? "lab" : queue,
            fields.flag("autoAck", false),
            (int) fields.number("objectBytesMax", OBJECT_BYTES_MAX, 16, OBJECT_BYTES_MOST),
            fields.number("bufferedBytesMax", BUFFERED_BYTES_MAX, 1024, 1L << 40),
            fields.number("unreadMs", UNREAD_MS, 1, Integer.MAX_VALUE));
    fields.done();
    return settings;
  }
}
