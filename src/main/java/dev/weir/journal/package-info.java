/**
 * Making events durable: one interface, {@link dev.weir.journal.Journal}, and what is written
 * through it.
 *
 * <p>A journal takes batches of encoded events and says up to which position they are durable; it
 * knows nothing of queues. {@link dev.weir.journal.EventWriter} and {@link
 * dev.weir.journal.EventReader} are the two ends of a batch, {@link dev.weir.journal.ImageWriter}
 * and {@link dev.weir.journal.ImageReader} those of a snapshot.
 */
package dev.weir.journal;
