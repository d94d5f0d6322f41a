package dev.weir.journal;

import io.vertx.core.buffer.Buffer;
import java.util.Iterator;

/**
 * A frozen copy of the state of all queues of one journal, at one position.
 *
 * @param position the last batch whose events the copy contains
 * @param chunks the encoded state in pieces of at most about 1 MiB; read once, on a thread of the
 *     journal's, while the live state moves on
 */
public record Snapshot(long position, Iterator<Buffer> chunks) {}
