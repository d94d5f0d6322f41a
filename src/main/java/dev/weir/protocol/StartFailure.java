package dev.weir.protocol;

/** The process can not start: one line says why, and the exit code whose fault it is. */
public final class StartFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A setting or an argument is wrong. */
  public static final int WRONG_SETTING = 2;

  /** The settings are fine, but a port, a directory or a queue is taken or damaged. */
  public static final int CAN_NOT_SERVE = 1;

  private final int exitCode;

  public StartFailure(int exitCode, String line) {
    super(line, null, false, false);
    this.exitCode = exitCode;
  }

  public static StartFailure wrongSetting(String line) {
    return new StartFailure(WRONG_SETTING, line);
  }

  public static StartFailure canNotServe(String line) {
    return new StartFailure(CAN_NOT_SERVE, line);
  }

  public int exitCode() {
    return exitCode;
  }
}
