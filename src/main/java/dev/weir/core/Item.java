package dev.weir.core;

import java.util.ArrayList;
import java.util.List;

/**
 * One item as it was at one moment of its life; a change makes another. All of it survives, but the
 * place in the heap of delays.
 */
public final class Item extends Timed implements Identified {

  /** How many reasons of failed attempts are kept: the last ones. */
  public static final int REASONS_KEPT = 16;

  private final long id;
  private final long putAtMs;
  private final long dueAtMs;
  private final String producer;
  private final String key;
  private final Body body;
  private final int attempt;
  private final int sizeBytes;
  private final List<String> reasons;

  /**
   * @param dueAtMs until when it is delayed, 0 when it is not
   * @param key null when it has none
   * @param attempt how many leases ended without an ack, those that count
   * @param reasons why attempts failed, the last {@link #REASONS_KEPT}
   */
  public Item(
      long id,
      long putAtMs,
      long dueAtMs,
      String producer,
      String key,
      Body body,
      int attempt,
      List<String> reasons) {
    this.id = id;
    this.putAtMs = putAtMs;
    this.dueAtMs = dueAtMs;
    this.producer = producer;
    this.key = key;
    this.body = body;
    this.attempt = attempt;
    this.sizeBytes = body.sizeBytes();
    this.reasons = reasons;
  }

  @Override
  public long id() {
    return id;
  }

  public long putAtMs() {
    return putAtMs;
  }

  @Override
  public long dueAtMs() {
    return dueAtMs;
  }

  @Override
  long order() {
    return id;
  }

  public String producer() {
    return producer;
  }

  public String key() {
    return key;
  }

  public Body body() {
    return body;
  }

  public int attempt() {
    return attempt;
  }

  public List<String> reasons() {
    return reasons;
  }

  int sizeBytes() {
    return sizeBytes;
  }

  /** As it comes back from a lease; a counted attempt is one more. */
  Item returned(long dueAtMs, boolean counted, String reason) {
    List<String> all = reasons;
    if (reason != null) {
      all = new ArrayList<>(reasons.subList(reasons.size() < REASONS_KEPT ? 0 : 1, reasons.size()));
      all.add(reason);
      all = List.copyOf(all);
    }
    int attempts = counted ? attempt + 1 : attempt;
    return new Item(id, putAtMs, dueAtMs, producer, key, body, attempts, all);
  }

  /** As it is after a kick: ready to be tried anew. */
  Item renewed() {
    return new Item(id, putAtMs, 0, producer, key, body, 0, List.of());
  }
}
