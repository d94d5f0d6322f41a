package dev.weir.cli;

import dev.weir.protocol.StartFailure;

/** The exercise in one process. */
final class Demo {
  private Demo() {}

  static int run(String[] args) {
    throw StartFailure.wrongSetting("demo is not supported yet");
  }
}
