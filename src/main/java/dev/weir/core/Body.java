package dev.weir.core;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What an item carries: immutable UTF-8 bytes that the queue never looks into. */
public final class Body {
  private final byte[] utf8;

  /** Takes over the array: whoever made it must not change it afterwards. */
  public Body(byte[] utf8) {
    this.utf8 = utf8;
  }

  public static Body of(String text) {
    return new Body(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The bytes themselves, not a copy: read only. */
  public byte[] utf8() {
    return utf8;
  }

  public int sizeBytes() {
    return utf8.length;
  }

  public Fingerprint fingerprint() {
    return Fingerprint.of(utf8);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Body b && Arrays.equals(utf8, b.utf8);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(utf8);
  }

  @Override
  public String toString() {
    return new String(utf8, StandardCharsets.UTF_8);
  }
}
