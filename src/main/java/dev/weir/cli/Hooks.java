package dev.weir.cli;

import dev.weir.protocol.StartFailure;
import io.vertx.core.VertxBuilder;
import io.vertx.core.VertxOptions;
import io.vertx.launcher.application.HookContext;
import io.vertx.launcher.application.VertxApplicationHooks;

/** What the launcher tells: a start that fails ends the process with one line. */
final class Hooks implements VertxApplicationHooks {

  private int exitCode;

  /** What the process should end with, 0 while nothing failed. */
  int exitCode() {
    return exitCode;
  }

  /** Linux' own transport where it can be loaded; Netty's {@code noNative} property says no. */
  @Override
  public VertxBuilder createVertxBuilder(VertxOptions options) {
    return VertxApplicationHooks.super.createVertxBuilder(options.setPreferNativeTransport(true));
  }

  @Override
  public void afterFailureToStartVertx(HookContext context, Throwable cause) {
    fail("the cluster could not be joined: " + cause.getMessage(), StartFailure.CAN_NOT_SERVE);
  }

  @Override
  public void afterFailureToDeployVerticle(HookContext context, Throwable cause) {
    if (cause instanceof StartFailure failure) {
      fail(failure.getMessage(), failure.exitCode());
    } else {
      fail("the start failed: " + cause, StartFailure.CAN_NOT_SERVE);
    }
  }

  private void fail(String line, int code) {
    System.err.println(line);
    exitCode = code;
  }
}
