package dev.weir.core;

/**
 * An answer and what it leans on.
 *
 * @param barrier the position that must be durable before the answer may leave, 0 for none
 */
public record Answer(Caller caller, Reply reply, long barrier) {}
