/**
 * The bounded queue as a pure state machine: a command and the time go in, events and answers come
 * out.
 *
 * <p>{@link dev.weir.core.WorkQueue} decides (policy), {@link dev.weir.core.QueueState} is what
 * survives and changes by {@code apply(event)} alone, so that a replay of the journal runs the very
 * code that ran live. The wait lines, deadlines and rates are volatile: a caller whose node died
 * asks again.
 *
 * <pre>
 *   command + now ─▶ WorkQueue.step ─▶ events ─▶ QueueState.apply
 *                          └────────▶ answers, each with the position it leans on
 * </pre>
 *
 * <p>Nothing here knows of Vert.x, JSON, files, threads, clocks, randomness or logging. One thread
 * at a time, always the same context.
 */
package dev.weir.core;
