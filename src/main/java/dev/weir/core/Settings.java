package dev.weir.core;

import static dev.weir.core.Limit.*;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** All settings of one queue; immutable, and checked against one another by {@link #problem()}. */
public final class Settings {

  public static final Settings DEFAULT =
      new Settings(fallbacks(), RetryDelay.DEFAULT, Durability.LOCAL);

  private final long[] limits;
  private final RetryDelay retryDelay;
  private final Durability durability;

  private Settings(long[] limits, RetryDelay retryDelay, Durability durability) {
    this.limits = limits;
    this.retryDelay = retryDelay;
    this.durability = durability;
  }

  private static long[] fallbacks() {
    return Arrays.stream(Limit.values()).mapToLong(limit -> limit.fallback).toArray();
  }

  public long get(Limit limit) {
    return limits[limit.ordinal()];
  }

  public RetryDelay retryDelay() {
    return retryDelay;
  }

  public Durability durability() {
    return durability;
  }

  /** A copy with one limit changed. */
  public Settings with(Limit limit, long value) {
    return with(Map.of(limit, value));
  }

  /** A copy with these limits changed. */
  public Settings with(Map<Limit, Long> changes) {
    long[] copy = limits.clone();
    changes.forEach((limit, value) -> copy[limit.ordinal()] = value);
    return new Settings(copy, retryDelay, durability);
  }

  public Settings with(RetryDelay other) {
    return new Settings(limits, other, durability);
  }

  public Settings with(Durability other) {
    return new Settings(limits, retryDelay, other);
  }

  /** Every limit with its value, in the order of the enum. */
  public Map<Limit, Long> limits() {
    Map<Limit, Long> all = new EnumMap<>(Limit.class);
    for (Limit limit : Limit.values()) {
      all.put(limit, get(limit));
    }
    return all;
  }

  /** The first contradiction between two settings or value out of its range, as a sentence. */
  public Optional<String> problem() {
    for (Limit limit : Limit.values()) {
      if (get(limit) < limit.least || get(limit) > limit.most) {
        return Optional.of(
            "%s is %d: it must be from %d to %d"
                .formatted(limit.word, get(limit), limit.least, limit.most));
      }
    }
    return over(ITEM_BYTES_MAX, BATCH_BYTES_MAX)
        .or(() -> over(BATCH_BYTES_MAX, CAPACITY_BYTES))
        .or(() -> over(BATCH_BYTES_MAX, WAITERS_BYTES_MAX))
        .or(() -> over(BATCH_ITEMS_MAX, SESSION_WINDOW))
        .or(() -> over(ITEM_BYTES_MAX, DEAD_CAPACITY_BYTES))
        .or(() -> over(LEASE_MS, LEASE_MS_MAX))
        .or(this::retryProblem);
  }

  private Optional<String> over(Limit small, Limit large) {
    return get(small) <= get(large)
        ? Optional.empty()
        : Optional.of(
            "%s is %d: it must not be over %s, which is %d"
                .formatted(small.word, get(small), large.word, get(large)));
  }

  private Optional<String> retryProblem() {
    RetryDelay r = retryDelay;
    if (r.firstMs() < 1 || r.firstMs() > MOST || r.maxMs() < 1 || r.maxMs() > MOST) {
      return Optional.of("retryDelay: firstMs and maxMs must be from 1 to " + MOST);
    }
    if (r.firstMs() > r.maxMs()) {
      return Optional.of("retryDelay: firstMs must not be over maxMs");
    }
    if (!(r.factor() >= 1 && r.factor() <= 10)) {
      return Optional.of("retryDelay: factor must be from 1 to 10");
    }
    if (!(r.jitter() >= 0 && r.jitter() <= 1)) {
      return Optional.of("retryDelay: jitter must be from 0 to 1");
    }
    return Optional.empty();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Settings s
        && Arrays.equals(limits, s.limits)
        && retryDelay.equals(s.retryDelay)
        && durability == s.durability;
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(limits) * 31 + retryDelay.hashCode();
  }

  @Override
  public String toString() {
    return limits() + " " + retryDelay + " " + durability.word;
  }
}
