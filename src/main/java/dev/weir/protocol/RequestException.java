package dev.weir.protocol;

/** A request is refused before it reaches a queue; cheap, without a stack. */
public final class RequestException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Code code;

  public RequestException(Code code, String sentence) {
    super(sentence, null, false, false);
    this.code = code;
  }

  public static RequestException bad(String format, Object... values) {
    return new RequestException(Code.BAD_REQUEST, format.formatted(values));
  }

  public Code code() {
    return code;
  }
}
