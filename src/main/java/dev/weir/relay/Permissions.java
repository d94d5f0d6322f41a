package dev.weir.relay;

import dev.weir.door.AllowList;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.bridge.PermittedOptions;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What clients may send to and hear from. What is internal to Weir, and the addresses that Vert.x
 * makes up for replies and sockets, are closed whatever the configuration says: a reply goes out
 * through the message that it answers, never to an address that a client names.
 */
public final class Permissions {
  private static final String MADE_UP = "__vertx.";

  private final List<Rule> inbound;
  private final List<Rule> outbound;

  private record Rule(String address, Pattern pattern, JsonObject match) {
    static Rule of(PermittedOptions options) {
      String regex = options.getAddressRegex();
      return new Rule(
          options.getAddress(),
          regex == null || options.getAddress() != null ? null : Pattern.compile(regex),
          options.getMatch());
    }

    boolean fits(String wanted) {
      return address != null
          ? address.equals(wanted)
          : pattern == null || pattern.matcher(wanted).matches();
    }
  }

  public Permissions(AllowList allow) {
    this.inbound = allow.inbound().stream().map(Rule::of).toList();
    this.outbound = allow.outbound().stream().map(Rule::of).toList();
  }

  /** Whether a client may send this body there. */
  boolean maySend(String address, Object body) {
    return permits(inbound, address, body);
  }

  /** Whether a client may be told this body from there. */
  boolean mayHear(String address, Object body) {
    return permits(outbound, address, body);
  }

  /** Whether there is anything that a client may be told from there. */
  boolean mayRegister(String address) {
    return isOpen(address) && outbound.stream().anyMatch(rule -> rule.fits(address));
  }

  private static boolean permits(List<Rule> rules, String address, Object body) {
    if (!isOpen(address)) {
      return false;
    }
    for (Rule rule : rules) {
      if (rule.fits(address) && (rule.match() == null || contains(body, rule.match()))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isOpen(String address) {
    return !AllowList.isInternal(address) && !address.startsWith(MADE_UP);
  }

  /** Whether a body has every field of the wanted object, with the same values. */
  private static boolean contains(Object body, JsonObject wanted) {
    if (!(body instanceof JsonObject object)) {
      return false;
    }
    for (Map.Entry<String, Object> field : wanted) {
      Object value = object.getValue(field.getKey());
      boolean same =
          field.getValue() instanceof JsonObject inner
              ? contains(value, inner)
              : field.getValue() == null
                  ? value == null && object.containsKey(field.getKey())
                  : field.getValue().equals(value);
      if (!same) {
        return false;
      }
    }
    return true;
  }
}
