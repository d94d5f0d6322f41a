package dev.weir.cli;

import dev.weir.protocol.StartFailure;
import java.util.HashMap;
import java.util.Map;

/**
 * What the demo was told.
 *
 * @param seconds how long it runs, 0 until Ctrl-C
 * @param fast without pauses
 */
record DemoOptions(int seconds, int producers, int consumers, int capacity, boolean fast) {

  static DemoOptions parse(String[] args) {
    Map<String, Integer> values = new HashMap<>();
    values.put("--seconds", 0);
    values.put("--producers", 3);
    values.put("--consumers", 2);
    values.put("--capacity", 5);
    boolean fast = false;
    for (int at = 0; at < args.length; at++) {
      if (args[at].equals("--fast")) {
        fast = true;
      } else if (values.containsKey(args[at]) && at + 1 < args.length) {
        values.put(args[at], number(args[at], args[++at]));
      } else {
        throw StartFailure.wrongSetting("demo: argument " + args[at] + " is not known: see -h");
      }
    }
    return new DemoOptions(
        values.get("--seconds"),
        values.get("--producers"),
        values.get("--consumers"),
        values.get("--capacity"),
        fast);
  }

  private static int number(String name, String text) {
    if (text.matches("[1-9][0-9]{0,5}")) {
      return Integer.parseInt(text);
    }
    throw StartFailure.wrongSetting("demo: " + name + " must be from 1 to 999999: it is " + text);
  }
}
