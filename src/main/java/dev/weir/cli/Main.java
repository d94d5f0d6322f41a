package dev.weir.cli;

import dev.weir.protocol.StartFailure;
import io.vertx.launcher.application.VertxApplication;
import java.util.Arrays;
import java.util.Set;

/**
 * The process: {@code java -jar app.jar [COMMAND] [-cluster] [-conf FILE]}. A subclass of Vert.x'
 * launcher, because only then the manifest's main verticle is found.
 */
public final class Main extends VertxApplication {
  private static final Set<String> HELP = Set.of("-h", "-help", "--help", "help");
  private static final Set<String> VERSION = Set.of("-version", "--version", "-v");

  private Main(String[] args, Hooks hooks) {
    super(args, hooks, false, false);
  }

  public static void main(String[] args) {
    Logging.configure();
    int exitCode = run(args);
    if (exitCode != 0) {
      System.exit(exitCode);
    }
  }

  private static int run(String[] args) {
    try {
      if (args.length > 0 && HELP.contains(args[0])) {
        System.out.print(Help.TEXT);
        return 0;
      }
      if (args.length > 0 && VERSION.contains(args[0])) {
        System.out.println("weir " + Help.version());
        return 0;
      }
      if (args.length > 0 && args[0].equals("demo")) {
        return Demo.run(Arrays.copyOfRange(args, 1, args.length));
      }
      if (args.length > 0 && args[0].equals("verify")) {
        return Verify.run(Arrays.copyOfRange(args, 1, args.length));
      }
      Arguments arguments = Arguments.parse(args);
      Hooks hooks = new Hooks();
      int launched = new Main(arguments.forLauncher(), hooks).launch();
      return hooks.exitCode() != 0 ? hooks.exitCode() : launched;
    } catch (StartFailure e) {
      System.err.println(e.getMessage());
      return e.exitCode();
    }
  }
}
