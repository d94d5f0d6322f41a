package dev.weir.client;

import java.io.Console;
import java.util.concurrent.ThreadLocalRandom;

/** Where the number of a producer or consumer comes from when no setting says it. */
final class Ids {
  private static final int GENERATED_FROM = 1000;
  private static final int GENERATED_TO = 10_000;

  private Ids() {}

  /**
   * Asks at the terminal as the classroom clients do; without one makes a number up and says so.
   */
  static long ask(String role) {
    Console console = System.console();
    if (console == null) {
      return generated(role);
    }
    while (true) {
      String line = console.readLine("Enter %s ID: ", role);
      if (line == null) {
        return generated(role);
      }
      if (line.strip().matches("[0-9]{1,9}")) {
        return Long.parseLong(line.strip());
      }
      System.out.println("An ID is a whole number.");
    }
  }

  private static long generated(String role) {
    long id = ThreadLocalRandom.current().nextLong(GENERATED_FROM, GENERATED_TO);
    System.out.println(role + " ID: " + id + " (no terminal to ask at)");
    return id;
  }
}
