package dev.weir.core;

/** Why a queue refuses a request; nothing of the request was done, {@link #TOO_OLD} apart. */
public enum Refusal {
  BAD_REQUEST,
  NO_SUCH_ITEM,
  CONFLICT,
  TOO_LARGE,
  TOO_MANY_WAITING,
  TOO_MANY_SESSIONS,
  STOPPING,
  NOT_OWNER,
  /** The journal failed: whether what was taken in survives can not be told. */
  OUTCOME_UNKNOWN,
  /** A bug: the queue is served no longer. */
  DEFECT,
  /** A resend that is older than what is remembered: whether it was done can not be told. */
  TOO_OLD
}
