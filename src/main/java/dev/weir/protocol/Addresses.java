package dev.weir.protocol;

import java.util.regex.Pattern;

/**
 * The event-bus addresses of Weir: one per queue and role, so that an allow-list can grant roles.
 */
public final class Addresses {

  /** Where queues are listed, created and deleted. */
  public static final String QUEUES = "weir.queues";

  /** Where doors and nodes say that a caller is gone; never bridged. */
  public static final String GONE = "weir.internal.gone";

  /** Where a node tells the doors of its own process of itself; see {@link FiguresJson}. */
  public static final String FIGURES = "weir.internal.figures";

  /** The header in which doors, nodes and clients of Weir say who asks. */
  public static final String FROM_HEADER = "weir-from";

  /**
   * With the value {@link #RAW}: bodies are the bytes of their JSON (a buffer), not JSON values.
   * For doors that give back the very bytes they got.
   */
  public static final String BODIES_HEADER = "weir-bodies";

  public static final String RAW = "raw";

  private static final String INTERNAL_HEADERS = "weir-";

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");

  private Addresses() {}

  /** Where producers put. */
  public static String produce(String queue) {
    return "weir." + queue + ".produce";
  }

  /** Where consumers take, ack, nack and extend. */
  public static String consume(String queue) {
    return "weir." + queue + ".consume";
  }

  /** Where operators look and intervene. */
  public static String manage(String queue) {
    return "weir." + queue + ".manage";
  }

  /** Where the figures of a watched queue are published. */
  public static String events(String queue) {
    return "weir." + queue + ".events";
  }

  /** Whether a header is between nodes and doors alone: doors strip it from outside. */
  public static boolean isInternalHeader(String name) {
    return name.regionMatches(true, 0, INTERNAL_HEADERS, 0, INTERNAL_HEADERS.length());
  }

  /** Whether a queue may have this name. */
  public static boolean isQueueName(String name) {
    return name != null && NAME.matcher(name).matches();
  }
}
