package dev.weir.cli;

/** What {@code -h} prints. */
final class Help {
  static final String TEXT =
      """
      Weir: a bounded, fair, durable work queue on the Vert.x event bus

        java -jar app.jar [-cluster] [-conf FILE]            a queue node
        java -jar app.jar producer -cluster [-conf FILE]     puts an item now and then
        java -jar app.jar consumer -cluster [-conf FILE]     takes an item now and then
        java -jar app.jar CLASS -cluster [-conf FILE]        your own verticle, from the class path
        java -jar app.jar demo [--seconds N]                 all in one process, no cluster
        java -jar app.jar verify [--data DIR] [--queue NAME] checks a stopped node's data, read-only

      -cluster       joins the cluster that cluster.xml describes: conf/cluster.xml beside the jar or
                     above it, or -Dvertx.hazelcast.config=FILE
      -conf FILE     the configuration, a file or the JSON itself; every setting has a default
      -h, --help     this text
      --version      the version

      demo: --seconds N (until Ctrl-C), --producers N (3), --consumers N (2), --capacity N (5),
            --fast (no pauses)

      Exit codes: 0 done; 1 a port, a directory or a queue is taken, or data contradict; 2 a wrong setting or argument;
      143 after SIGTERM.
      """;

  private Help() {}

  static String version() {
    String version = Help.class.getPackage().getImplementationVersion();
    return version == null ? "(not from a jar)" : version;
  }
}
