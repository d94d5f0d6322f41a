package dev.weir.core;

import java.util.ArrayList;
import java.util.List;

/** A put, in line or about to be admitted, and how far it has come. */
final class PutWaiter extends Waiter {
  private final Command.Put put;
  private final List<Long> ids;
  private final List<Integer> duplicates = new ArrayList<>(0);
  private long restBytes;

  PutWaiter(long arrival, long sinceMs, long untilMs, Caller caller, Command.Put put) {
    super(arrival, sinceMs, untilMs, caller);
    this.put = put;
    this.ids = new ArrayList<>(put.items().size());
    for (Command.PutItem item : put.items()) {
      restBytes += item.body().sizeBytes();
    }
  }

  Command.Put put() {
    return put;
  }

  /** The place in the request of the item whose turn is next. */
  int next() {
    return ids.size();
  }

  boolean isComplete() {
    return ids.size() == put.items().size();
  }

  Command.PutItem nextItem() {
    return put.items().get(next());
  }

  /** The number of the next item in its session, -1 without one. */
  long nextSeq() {
    return put.session() == null ? -1 : put.seq() + next();
  }

  void stored(long id) {
    restBytes -= nextItem().body().sizeBytes();
    ids.add(id);
  }

  void duplicate(long id) {
    duplicates.add(next());
    stored(id);
  }

  List<Long> ids() {
    return ids;
  }

  List<Integer> duplicates() {
    return duplicates;
  }

  /** The bytes of the items that are not in yet. */
  long restBytes() {
    return restBytes;
  }

  @Override
  Object resendMark() {
    return markOf(put);
  }

  /** A session and the number of the first item. */
  private record Resend(String session, long seq) {}

  static Object markOf(Command.Put put) {
    return put.session() == null ? null : new Resend(put.session(), put.seq());
  }
}
