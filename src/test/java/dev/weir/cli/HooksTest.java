package dev.weir.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class HooksTest {

  @Test
  @EnabledOnOs(
      value = OS.LINUX,
      architectures = {"amd64", "aarch64"})
  void onLinuxItsOwnTransportIsTaken() {
    Vertx vertx = new Hooks().createVertxBuilder(new VertxOptions()).build();
    try {
      assertTrue(
          vertx.isNativeTransportEnabled(), () -> "" + vertx.unavailableNativeTransportCause());
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }
}
