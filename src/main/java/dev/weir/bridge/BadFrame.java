package dev.weir.bridge;

/** A frame that is refused; cheap, without a stack. */
final class BadFrame extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Longer than {@code frameBytesMax}. */
  static final BadFrame TOO_LARGE = new BadFrame("frame_too_large", false);

  /** A length below zero: where the next frame begins can not be told. */
  static final BadFrame OUT_OF_STEP = new BadFrame("invalid_frame", false);

  /** All connections together hold too much of frames that are not whole. */
  static final BadFrame TOO_MUCH_BUFFERED = new BadFrame("too_much_buffered", false);

  /** A length of zero, or a field that is not of its kind. */
  static final BadFrame INVALID = new BadFrame("invalid_frame", true);

  static final BadFrame INVALID_JSON = new BadFrame("invalid_json", true);
  static final BadFrame UNKNOWN_TYPE = new BadFrame("unknown_type", true);
  static final BadFrame ADDRESS_REQUIRED = new BadFrame("address_required", true);

  private final boolean inStep;

  private BadFrame(String word, boolean inStep) {
    super(word, null, false, false);
    this.inStep = inStep;
  }

  /** Whether the connection can go on behind it. */
  boolean isInStep() {
    return inStep;
  }
}
