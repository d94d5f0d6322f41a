package dev.weir.socket;

/** The bytes are no row of JSON objects any more: nothing after this can be understood. */
final class BadStream extends Exception {
  private static final long serialVersionUID = 1L;

  BadStream(String sentence) {
    super(sentence, null, false, false);
  }
}
