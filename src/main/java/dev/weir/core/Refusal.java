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
  /** A resend that is older than what is remembered: whether it was done can not be told. */
  TOO_OLD
}
