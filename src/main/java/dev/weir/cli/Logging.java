package dev.weir.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;

/** One line a record, few records: logging.properties from conf/, or the one in the jar. */
final class Logging {
  /** Says with a stack what one line says already; held here so that its level stays. */
  private static final Logger LAUNCHER = Logger.getLogger("io.vertx.launcher");

  private Logging() {}

  static void configure() {
    System.setProperty("hazelcast.logging.type", "jdk");
    System.setProperty(
        "vertx.logger-delegate-factory-class-name", "io.vertx.core.logging.JULLogDelegateFactory");
    if (System.getProperty("java.util.logging.config.file") != null) {
      return;
    }
    String[] places = {"logging.properties", "weir-logging.properties"};
    for (String place : places) {
      try (InputStream in = Logging.class.getClassLoader().getResourceAsStream(place)) {
        if (in != null) {
          LogManager.getLogManager().readConfiguration(in);
          LAUNCHER.setLevel(Level.OFF);
          return;
        }
      } catch (IOException e) {
        System.err.println(place + " can not be read: " + e.getMessage());
      }
    }
  }
}
