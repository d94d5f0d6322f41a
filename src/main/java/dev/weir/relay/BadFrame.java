package dev.weir.relay;

/** A frame that is refused; cheap, without a stack. */
public final class BadFrame extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Longer than {@code frameBytesMax}. */
  public static final BadFrame TOO_LARGE = new BadFrame("frame_too_large", false);

  /** A length below zero: where the next frame begins can not be told. */
  public static final BadFrame OUT_OF_STEP = new BadFrame("invalid_frame", false);

  /** All connections together hold too much of frames that are not whole. */
  public static final BadFrame TOO_MUCH_BUFFERED = new BadFrame("too_much_buffered", false);

  /** A length of zero, or a field that is not of its kind. */
  public static final BadFrame INVALID = new BadFrame("invalid_frame", true);

  public static final BadFrame INVALID_JSON = new BadFrame("invalid_json", true);
  public static final BadFrame UNKNOWN_TYPE = new BadFrame("unknown_type", true);
  public static final BadFrame ADDRESS_REQUIRED = new BadFrame("address_required", true);

  private final boolean inStep;

  private BadFrame(String word, boolean inStep) {
    super(word, null, false, false);
    this.inStep = inStep;
  }

  /** Whether the connection can go on behind it. */
  public boolean isInStep() {
    return inStep;
  }
}
