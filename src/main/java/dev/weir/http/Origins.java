package dev.weir.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which hosts a request may be meant for and which pages it may come from. A page elsewhere names
 * itself in {@code Origin}; one whose name was bent to this machine names a foreign {@code Host}.
 */
final class Origins {
  private final String host;
  private final Set<String> allowed;

  /**
   * @param host the one that is configured
   * @param allowed the origins to allow instead of the door's own; none for its own
   */
  Origins(String host, Set<String> allowed) {
    this.host = host.contains(":") ? "[" + host + "]" : host;
    this.allowed = allowed;
  }

  boolean isAllowed(HttpServerRequest request) {
    int port = request.localAddress().port();
    String asked = request.getHeader(HttpHeaders.HOST);
    String origin = request.getHeader(HttpHeaders.ORIGIN);
    return asked != null
        && (isKnown("http://" + asked, port) || isKnown("https://" + asked, port))
        && (origin == null || isKnown(origin, port));
  }

  private boolean isKnown(String origin, int port) {
    String wanted = origin.toLowerCase(Locale.ROOT);
    return allowed.isEmpty()
        ? Stream.of(host, "localhost", "127.0.0.1", "[::1]")
            .anyMatch(name -> isSame(wanted, name.toLowerCase(Locale.ROOT), port))
        : allowed.contains(wanted);
  }

  private static boolean isSame(String origin, String name, int port) {
    return origin.equals("http://" + name + ":" + port)
        || (port == 80 && origin.equals("http://" + name));
  }
}
