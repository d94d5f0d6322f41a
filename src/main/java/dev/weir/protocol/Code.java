package dev.weir.protocol;

import dev.weir.core.Refusal;

/** Why a request failed: a number for programs, a word for people. */
public enum Code {
  BAD_REQUEST(400, "bad-request"),
  FORBIDDEN(403, "forbidden"),
  NO_SUCH_QUEUE(404, "no-such-queue"),
  NO_SUCH_ITEM(404, "no-such-item"),
  /** HTTP: nothing is at that path. */
  NO_SUCH_PATH(404, "bad-request"),
  /** HTTP: what is at that path has no such method. */
  NO_SUCH_METHOD(405, "bad-request"),
  /** HTTP: the body did not arrive in time. */
  TOO_SLOW(408, "bad-request"),
  /** HTTP: a body that is not {@code application/json}. */
  NOT_JSON(415, "bad-request"),
  CONFLICT(409, "conflict"),
  TOO_LARGE(413, "too-large"),
  /** HTTP: the head of a request, over {@code headerBytesMax}. */
  HEAD_TOO_LARGE(431, "too-large"),
  TOO_MANY_WAITING(429, "too-many-waiting"),
  TOO_MANY_SESSIONS(429, "too-many-sessions"),
  DEFECT(500, "defect"),
  NOT_READY(503, "not-ready"),
  STOPPING(503, "stopping"),
  NOT_OWNER(503, "not-owner"),
  OUTCOME_UNKNOWN(504, "outcome-unknown"),
  TOO_OLD(504, "too-old");

  public final int number;
  public final String word;

  Code(int number, String word) {
    this.number = number;
    this.word = word;
  }

  /** The failure's text: {@code word: sentence}. */
  public String text(String sentence) {
    return word + ": " + sentence;
  }

  /** What a refusal of the core is called on the wire: both have the same names. */
  public static Code of(Refusal refusal) {
    return valueOf(refusal.name());
  }
}
