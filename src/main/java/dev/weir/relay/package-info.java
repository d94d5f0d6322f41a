/**
 * The event bus for clients outside of it, whatever carries their frames: {@code Frame} reads one,
 * {@code Dispatcher} does what it says, {@code Outbox} knows what a client was sent and has not
 * taken, {@code Unanswered} what it asked and was not told, {@code Client} puts them together for
 * one connection, and {@code RelayLimits} names every bound. {@code Permissions} says what may
 * pass.
 *
 * <p>Ours and not Vert.x' own bridges, because those can not face a network: nothing in them is
 * bounded. Whatever a peer sends here costs at most its own connection. How frames are cut from a
 * stream and written into it is the doors' own ({@code bridge}: TCP, {@code http}: SockJS), and so
 * is their {@code Dialect}.
 *
 * <p>Everything of a door runs on its one context.
 */
package dev.weir.relay;
