package dev.weir.client;

import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * How a put ended.
 *
 * @param stored whether all items are in
 * @param ids of the first items, those that are in
 * @param duplicates places of items that were in already
 * @param receipt how safe they are; null when none is in
 */
public record PutResult(
    boolean stored, List<Long> ids, List<Integer> duplicates, JsonObject receipt) {}
