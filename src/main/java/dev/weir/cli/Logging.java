package dev.weir.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.logging.LogManager;

/** One line a record, few records: logging.properties from conf/, or the one in the jar. */
final class Logging {
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
          return;
        }
      } catch (IOException e) {
        System.err.println(place + " can not be read: " + e.getMessage());
      }
    }
  }
}
