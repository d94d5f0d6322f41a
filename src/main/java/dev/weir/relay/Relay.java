package dev.weir.relay;

import dev.weir.door.Connections;
import dev.weir.door.Watching;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/**
 * What all clients of one door share.
 *
 * @param context the door's, on which everything runs
 * @param dialect how clients are written to
 */
public record Relay(
    Vertx vertx,
    Context context,
    RelayLimits limits,
    Permissions permissions,
    Watching watching,
    Connections connections,
    Dialect dialect) {}
