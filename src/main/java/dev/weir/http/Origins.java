package dev.weir.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Which hosts a request may be meant for and which pages it may come from. A page elsewhere names
 * itself in {@code Origin}; one whose name was bent to this machine names a foreign {@code Host}.
 */
final class Origins {
  private static final int DEFAULT_PORT = 80;
  private static final String SCHEME_END = "://";

  private final String host;
  private final Set<String> configured;
  private Set<String> origins = Set.of();
  private Set<String> hosts = Set.of();

  /**
   * @param host the one that is configured
   * @param configured the origins to allow instead of the door's own, in lower case; none for its
   *     own
   */
  Origins(String host, Set<String> configured) {
    this.host = host.contains(":") ? "[" + host + "]" : host;
    this.configured = configured;
  }

  /** The door listens at this port. */
  void listening(int port) {
    origins = configured.isEmpty() ? own(port) : configured;
    hosts = new HashSet<>();
    for (String origin : origins) {
      hosts.add(origin.substring(origin.indexOf(SCHEME_END) + SCHEME_END.length()));
    }
  }

  private Set<String> own(int port) {
    Set<String> own = new HashSet<>();
    for (String name : List.of(host, "localhost", "127.0.0.1", "[::1]")) {
      own.add("http://" + name.toLowerCase(Locale.ROOT) + ":" + port);
      if (port == DEFAULT_PORT) {
        own.add("http://" + name.toLowerCase(Locale.ROOT));
      }
    }
    return own;
  }

  boolean isAllowed(HttpServerRequest request) {
    String asked = request.getHeader(HttpHeaders.HOST);
    String origin = request.getHeader(HttpHeaders.ORIGIN);
    return asked != null && isIn(hosts, asked) && (origin == null || isIn(origins, origin));
  }

  private static boolean isIn(Set<String> known, String name) {
    return known.contains(name) || known.contains(name.toLowerCase(Locale.ROOT));
  }
}
