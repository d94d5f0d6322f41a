package dev.weir.door;

import dev.weir.protocol.Fields;
import dev.weir.protocol.RequestException;
import dev.weir.protocol.StartFailure;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Where a door listens.
 *
 * @param name the door's name in the configuration
 * @param host an address or a host name
 * @param port 0 for any that is free
 * @param connectionsMax further connections are closed at once
 */
public record DoorOptions(String name, String host, int port, int connectionsMax) {
  /** What Netty's transport of Linux puts before the system's own words. */
  private static final String SYSTEM_CALL = "^\\w+\\(\\.\\.\\) failed with error\\(-?\\d+\\): ";

  private static final String LOOPBACK = "127.0.0.1";
  private static final int PORT_MOST = 65_535;
  private static final int CONNECTIONS_MAX = 5000;
  private static final int CONNECTIONS_MOST = 1_000_000;

  /**
   * Reads the fields that all doors have.
   *
   * @throws RequestException where one is wrong, or the address is not loopback and {@code
   *     "insecure": true} does not stand beside it
   */
  public static DoorOptions read(String name, Fields fields, int defaultPort) {
    String host = fields.optionalName("host");
    DoorOptions options =
        new DoorOptions(
            name,
            host == null ? LOOPBACK : host,
            (int) fields.number("port", defaultPort, 0, PORT_MOST),
            (int) fields.number("connectionsMax", CONNECTIONS_MAX, 1, CONNECTIONS_MOST));
    if (!fields.flag("insecure", false) && !isLoopback(options.host)) {
      throw RequestException.bad(
          "%s.host %s is not a loopback address: a door without TLS and authentication opens there"
              + " only with %s.insecure true",
          name, options.host, name);
    }
    return options;
  }

  /** Whether only programs on this machine can reach that address; names are not looked up. */
  static boolean isLoopback(String host) {
    if (host.equalsIgnoreCase("localhost")) {
      return true;
    }
    byte[] address = NetUtil.createByteArrayFromIpAddressString(host);
    try {
      return address != null && InetAddress.getByAddress(address).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  /** What a failure to listen means for whoever started the process. */
  public StartFailure canNotListen(Throwable cause) {
    String why = String.valueOf(cause.getMessage()).replaceFirst(SYSTEM_CALL, "");
    return StartFailure.canNotServe(
        "%s: %s:%d can not be listened on: %s".formatted(name, host, port, why));
  }

  /** The line that says where the door is. */
  public String listening(int actualPort) {
    return "%s listening on %s:%d".formatted(name, host, actualPort);
  }
}
