/**
 * A node of Weir: queue verticles, each one event-loop context with its journals and its queues,
 * and around them who owns which queue.
 *
 * <p>{@link dev.weir.node.CommitLoop} is the heart: events of all queues of a journal go into one
 * open batch, the batch goes to the journal as soon as there is room, and every answer waits until
 * what it leans on is durable. {@link dev.weir.node.ServedQueue} stands between the bus and one
 * queue of the core. {@link dev.weir.node.NodeVerticle} claims, opens, creates and deletes.
 */
package dev.weir.node;
