/**
 * What a Vert.x developer holds: {@link dev.weir.client.QueueClient} with futures, retries and
 * coalescing, and on top of it the producer and the consumer of the exercise.
 *
 * <p>Calls of one kind to one queue go through a lane: while one request is on its way, the calls
 * made meanwhile gather and travel together in the next. Waiting is the queue's business; backing
 * off is for failures.
 */
package dev.weir.client;
