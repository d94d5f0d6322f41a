package dev.weir.relay;

import dev.weir.door.Connections.Unwritten;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the bridge knows of a request to a queue, without judging it: the queue does that.
 *
 * @param queue null where it goes to nobody's producers or consumers
 * @param waits whether it may wait in line: such a request counts among those that wait from when
 *     it comes until it is answered, whether it has to wait or not
 * @param takes whether its answer hands out leases
 */
record QueueRequest(String queue, boolean waits, boolean takes) {
  private static final Pattern ADDRESS =
      Pattern.compile("weir\\.([A-Za-z0-9_-]{1,64})\\.(produce|consume)");
  private static final Pattern ROLE =
      Pattern.compile("weir\\.([A-Za-z0-9_-]{1,64}\\.(produce|consume|manage)|queues)");
  private static final QueueRequest OTHER = new QueueRequest(null, false, false);

  /** Whether a node answers there, whatever it is sent. */
  static boolean isRole(String address) {
    return ROLE.matcher(address).matches();
  }

  static QueueRequest of(String address, Object body) {
    if (!(body instanceof JsonObject json)) {
      return OTHER;
    }
    Matcher parts = ADDRESS.matcher(address);
    if (!parts.matches()) {
      return OTHER;
    }
    boolean takes = parts.group(2).equals("consume") && "take".equals(json.getValue("op"));
    boolean mayWait = takes || "put".equals(json.getValue("op"));
    boolean waits =
        mayWait && json.getValue("waitMs") instanceof Number waitMs && waitMs.longValue() > 0;
    return new QueueRequest(parts.group(1), waits, takes);
  }

  /** The leases in the answer to this. */
  List<Unwritten> leases(Object answer) {
    if (!takes
        || !(answer instanceof JsonObject json)
        || !(json.getValue("items") instanceof JsonArray items)) {
      return List.of();
    }
    List<Unwritten> leases = new ArrayList<>(items.size());
    for (Object entry : items) {
      if (entry instanceof JsonObject item
          && item.getValue("id") instanceof Number id
          && item.getValue("fence") instanceof Number fence) {
        leases.add(new Unwritten(queue, id.longValue(), fence.longValue()));
      }
    }
    return leases;
  }
}
