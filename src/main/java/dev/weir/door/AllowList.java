package dev.weir.door;

import dev.weir.protocol.Fields;
import dev.weir.protocol.RequestException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.bridge.PermittedOptions;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Which addresses a door's clients may send to (inbound) and hear from (outbound). What is internal
 * to Weir is never among them, whatever the configuration says.
 */
public final class AllowList {
  private static final String QUEUE = "weir\\.[A-Za-z0-9_-]{1,64}\\.";
  private static final String INTERNAL = "weir.internal.";

  /** The roles of every queue, and what operators ask. */
  private static final List<PermittedOptions> INBOUND =
      List.of(
          new PermittedOptions().setAddressRegex(QUEUE + "(produce|consume|manage)"),
          new PermittedOptions().setAddress("weir.queues"));

  private static final List<PermittedOptions> OUTBOUND =
      List.of(new PermittedOptions().setAddressRegex(QUEUE + "events"));

  private final List<PermittedOptions> inbound;
  private final List<PermittedOptions> outbound;

  private AllowList(List<PermittedOptions> inbound, List<PermittedOptions> outbound) {
    this.inbound = inbound;
    this.outbound = outbound;
  }

  /** What stands in a door's object as Vert.x' bridges call it, or Weir's own addresses. */
  public static AllowList read(Fields fields) {
    return new AllowList(
        read(fields, "inboundPermitteds", INBOUND), read(fields, "outboundPermitteds", OUTBOUND));
  }

  private static List<PermittedOptions> read(
      Fields fields, String name, List<PermittedOptions> fallback) {
    return fields.has(name)
        ? fields.objects(name).stream().map(json -> permitted(name, json)).toList()
        : fallback;
  }

  private static PermittedOptions permitted(String name, JsonObject json) {
    Fields fields = new Fields(name + ".", json);
    PermittedOptions permitted = new PermittedOptions();
    permitted.setAddress(fields.name("address", 1024));
    permitted.setAddressRegex(fields.name("addressRegex", 1024));
    permitted.setMatch(fields.object("match"));
    fields.done();
    try {
      if (permitted.getAddressRegex() != null) {
        Pattern.compile(permitted.getAddressRegex());
      }
    } catch (PatternSyntaxException e) {
      throw RequestException.bad("%s.addressRegex is no regular expression", name);
    }
    return permitted;
  }

  public List<PermittedOptions> inbound() {
    return inbound;
  }

  public List<PermittedOptions> outbound() {
    return outbound;
  }

  /** Whether an address belongs to Weir alone. */
  public static boolean isInternal(String address) {
    return address.startsWith(INTERNAL);
  }
}
