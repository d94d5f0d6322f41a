package dev.weir.bridge;

import dev.weir.door.BufferedBytes;
import dev.weir.door.Connections;
import dev.weir.door.Watching;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/** What all connections of the bridge share. */
record BridgeDoor(
    Vertx vertx,
    Context context,
    BridgeLimits limits,
    Permissions permissions,
    Watching watching,
    Connections connections,
    BufferedBytes buffered) {}
