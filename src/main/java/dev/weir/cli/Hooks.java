package dev.weir.cli;

import dev.weir.protocol.StartFailure;
import io.vertx.launcher.application.HookContext;
import io.vertx.launcher.application.VertxApplicationHooks;

/** What the launcher tells: a start that fails ends the process with one line. */
final class Hooks implements VertxApplicationHooks {

  @Override
  public void afterFailureToStartVertx(HookContext context, Throwable cause) {
    end("the cluster could not be joined: " + cause.getMessage(), StartFailure.CAN_NOT_SERVE);
  }

  @Override
  public void afterFailureToDeployVerticle(HookContext context, Throwable cause) {
    String line = cause.getMessage();
    int exitCode = StartFailure.CAN_NOT_SERVE;
    if (cause instanceof StartFailure failure) {
      exitCode = failure.exitCode();
    } else {
      line = "the start failed: " + cause;
    }
    int code = exitCode;
    System.err.println(line);
    context.vertx().close().onComplete(closed -> Runtime.getRuntime().halt(code));
  }

  private static void end(String line, int exitCode) {
    System.err.println(line);
    Runtime.getRuntime().halt(exitCode);
  }
}
