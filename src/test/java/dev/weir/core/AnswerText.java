package dev.weir.core;

/** Answers in the words of the naive queue. */
final class AnswerText {
  private AnswerText() {}

  static String of(Answer answer) {
    return ((Driver.Someone) answer.caller()).name() + ": " + text(answer.reply());
  }

  private static String text(Reply reply) {
    if (reply instanceof Reply.Put put) {
      return "stored %s %s duplicates %s waiting %d paused %s"
          .formatted(put.stored(), put.ids(), put.duplicates(), put.waiting(), put.paused());
    }
    if (reply instanceof Reply.Taken taken) {
      return taken.leases().isEmpty()
          ? "empty paused " + taken.paused() + " acks " + leases(taken.acks())
          : "taken "
              + taken.leases().stream()
                  .map(l -> l.id() + "/" + l.fence() + "/" + l.attempt() + "/" + l.endsAtMs())
                  .toList()
              + " acks "
              + leases(taken.acks());
    }
    if (reply instanceof Reply.Leases leases) {
      return leases(leases);
    }
    if (reply instanceof Reply.Refused refused) {
      return refused.why().name();
    }
    if (reply instanceof Reply.Purged purged) {
      return "purged " + purged.purged();
    }
    if (reply instanceof Reply.Kicked kicked) {
      return "kicked " + kicked.done();
    }
    return reply instanceof Reply.Paused ? "paused" : "configured";
  }

  private static String leases(Reply.Leases leases) {
    return leases.done()
        + " lost "
        + leases.refused().stream().map(lost -> lost.id() + "-" + lost.reason()).toList();
  }

  /** A state in sorted lines: equal where the states are. */
  static String of(QueueState state) {
    StringBuilder text = new StringBuilder();
    QueueImage image = state.freeze();
    text.append(image.nextId()).append(' ').append(image.settings()).append('\n');
    text.append(image.producePaused()).append(image.consumePaused()).append('\n');
    java.util.TreeSet<String> lines = new java.util.TreeSet<>();
    image.waiting().forEach(item -> lines.add("waiting " + item(item)));
    image.dead().forEach(item -> lines.add("dead " + item(item)));
    image.held().forEach(item -> lines.add("held " + item(item)));
    image
        .leases()
        .forEach(
            l ->
                lines.add(
                    "lease %s %d %d %s %s"
                        .formatted(
                            item(l.item()), l.fence(), l.endsAtMs(), l.consumer(), l.from())));
    for (Session session : image.sessions()) {
      StringBuilder runs = new StringBuilder();
      session.eachRun((seq, id, count) -> runs.append(seq + "-" + id + "-" + count + " "));
      lines.add(
          "session " + session.name() + session.floorSeq() + session.lastPutAtMs() + ' ' + runs);
    }
    image.keys().forEach(key -> lines.add(key.toString()));
    lines.forEach(line -> text.append(line).append('\n'));
    return text.append(java.util.Arrays.toString(image.acks())).append(image.audit()).toString();
  }

  private static String item(Item item) {
    return "%d %d %d %s %s %s %d %s"
        .formatted(
            item.id(),
            item.putAtMs(),
            item.dueAtMs(),
            item.producer(),
            item.key(),
            item.body(),
            item.attempt(),
            item.reasons());
  }
}
