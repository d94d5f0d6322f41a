package dev.weir.journal;

/** What is on the disk is damaged in a way no crash explains; the message names file and place. */
public final class JournalDamagedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public JournalDamagedException(String message) {
    super(message);
  }
}
