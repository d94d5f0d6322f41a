package dev.weir.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The life of items, told as stories. */
class WorkQueueTest {
  private static final Settings SMALL =
      Settings.DEFAULT
          .with(Limit.CAPACITY, 2)
          .with(Limit.ATTEMPTS_MAX, 2)
          .with(Limit.DEAD_CAPACITY, 1)
          .with(new RetryDelay(100, 2, 1000, 0));

  private final Driver driver = new Driver(SMALL);

  private static List<String> bodies(Reply.Taken taken) {
    return taken.leases().stream().map(lease -> lease.item().body().toString()).toList();
  }

  @Test
  void itemsComeOutInTheOrderInWhichTheyWentIn() {
    driver.put("p", "1", "2");
    assertEquals(List.of("1", "2"), bodies(driver.take("c", 10)));
  }

  @Test
  void aFullQueueSaysSoAndLetsInWhatFits() {
    Reply.Put reply = (Reply.Put) driver.put("p", "1", "2", "3");
    assertFalse(reply.stored());
    assertEquals(List.of(1L, 2L), reply.ids());
    assertEquals(2, driver.queue.state().count());
  }

  @Test
  void aPageOfLargeItemsEndsAtOneMebibyteAndSaysWhereToGoOn() {
    Driver large = new Driver(Settings.DEFAULT);
    String body = "\"" + "x".repeat(400 << 10) + "\"";
    large.put("p", body, body, body, "\"" + "y".repeat((1 << 20) - 2) + "\"", body);
    assertEquals(List.of(1L, 2L), peeked(large, 1, 3L));
    assertEquals(List.of(3L), peeked(large, 3, 4L));
    assertEquals(List.of(4L), peeked(large, 4, 5L));
    assertEquals(List.of(5L), peeked(large, 5, null));
  }

  private static List<Long> peeked(Driver driver, long fromId, Long next) {
    Driver.Someone who = new Driver.Someone("looker", null);
    Command peek = new Command.Peek(ItemState.READY, fromId, 10);
    Reply.Peeked page = (Reply.Peeked) Driver.reply(driver.step(peek, who), who.name());
    assertEquals(next, page.next());
    return page.items().stream().map(seen -> seen.item().id()).toList();
  }

  @Test
  void nobodyOvertakesWhoWaits() {
    driver.put("p", "1", "2");
    assertEquals(List.of(), driver.put("first", 1000, "3"));
    assertEquals(List.of(), driver.put("second", 1000, "4"));
    Lease lease = driver.take("c", 1).leases().get(0);
    driver.ack(lease);
    assertTrue(((Reply.Put) driver.last("first")).stored());
    assertNull(driver.last("second"));
    driver.queue.state().apply(new Event.Configured(driver.nowMs, SMALL.with(Limit.CAPACITY, 4)));
    assertFalse(((Reply.Put) driver.put("late", "5")).stored() && driver.last("second") == null);
  }

  @Test
  void anItemIsHandedOutOnlyOnceItIsDurable() {
    driver.flushAtOnce = false;
    driver.put("p", "1");
    assertEquals(1, driver.count(ItemState.STORED));
    assertTrue(driver.take("c", 1).leases().isEmpty());
    driver.flush();
    Answer taken = driver.take("c", 1, 0).get(0);
    assertEquals(1, ((Reply.Taken) taken.reply()).leases().size());
    assertEquals(0, taken.barrier(), "a plain take leans on nothing that is not flushed");
  }

  @Test
  void aStoredAnswerLeansOnItsOwnEvents() {
    driver.flushAtOnce = false;
    Answer stored = driver.put("p", 0, "1").get(0);
    assertEquals(driver.position, stored.barrier());
  }

  @Test
  void anItemOfAnEndedLeaseComesBackToItsPlaceAndTheLateAckIsRefused() {
    driver.put("p", "1", "2");
    Lease first = driver.take("c", 1).leases().get(0);
    driver.pass(SMALL.get(Limit.LEASE_MS));
    Lease again = driver.take("c", 1).leases().get(0);
    assertEquals(first.id(), again.id());
    assertEquals(2, again.attempt());
    assertTrue(again.fence() > first.fence());
    assertEquals("lease-lost", driver.ack(first).refused().get(0).reason());
    assertEquals(List.of(1L), driver.ack(again).done());
    assertEquals(List.of(1L), driver.ack(again).done(), "an ack that comes again is done");
    assertEquals("gone", driver.ack(first).refused().get(0).reason());
  }

  @Test
  void anItemThatFailsTooOftenDiesAndTheNextIsHeldUntilThereIsRoom() {
    driver.put("p", "1", "2");
    for (int attempt = 0; attempt < 2; attempt++) {
      driver.take("c", 2);
      driver.pass(SMALL.get(Limit.LEASE_MS));
    }
    assertEquals(1, driver.count(ItemState.DEAD));
    assertEquals(1, driver.count(ItemState.HELD));
    driver.step(new Command.Purge(ItemState.DEAD, 10, 0, null, 0), new Driver.Someone("op", null));
    assertEquals(1, ((Reply.Purged) driver.last("op")).purged());
    assertEquals(1, driver.count(ItemState.DEAD), "the held one takes the room");
    assertEquals(0, driver.count(ItemState.HELD));
  }

  @Test
  void aResendIsStoredOnce() {
    Command.Put put =
        new Command.Put("p", 0, "s", 7, List.of(new Command.PutItem(Body.of("1"), null, 0)));
    driver.step(put, new Driver.Someone("a", null));
    driver.step(put, new Driver.Someone("b", null));
    Reply.Put again = (Reply.Put) driver.last("b");
    assertTrue(again.stored());
    assertEquals(List.of(1L), again.ids());
    assertEquals(List.of(0), again.duplicates());
    assertEquals(1, driver.queue.state().count());
  }

  @Test
  void aResendOfOneThatWaitsTakesOverItsPlace() {
    driver.put("p", "1", "2");
    Command.Put put =
        new Command.Put("p", 1000, "s", 7, List.of(new Command.PutItem(Body.of("3"), null, 0)));
    driver.step(put, new Driver.Someone("a", null));
    driver.put("behind", 1000, "4");
    driver.step(put, new Driver.Someone("b", null));
    assertEquals(2, driver.queue.waiting(Side.PRODUCE));
    driver.ack(driver.take("c", 1).leases().get(0));
    assertNotNull(driver.last("b"));
    assertNull(driver.last("a"));
    assertNull(driver.last("behind"));
  }

  @Test
  void whileThereAreNoFencesTakesWaitAndAreServedAfterwards() {
    driver.put("p", "1");
    driver.fencesAreOut = true;
    driver.take("c", 1, 1000);
    assertNull(driver.last("c"));
    assertTrue(driver.queue.isStarved());
    driver.fencesAreOut = false;
    driver.pass(1);
    assertEquals(List.of("1"), bodies((Reply.Taken) driver.last("c")));
    assertFalse(driver.queue.isStarved());
  }

  @Test
  void aReplayOfTheEventsGivesAnEqualState() {
    driver.put("p", "1", "2");
    driver.ack(driver.take("c", 1).leases().get(0));
    driver.put("p", "3");
    driver.take("c", 1);
    QueueState replayed = new QueueState(SMALL);
    driver.journal.forEach(replayed::apply);
    replayed.releaseAll();
    for (ItemState state : ItemState.values()) {
      assertEquals(driver.count(state), replayed.count(state), state.word());
    }
    assertEquals(driver.queue.state().bytes(), replayed.bytes());
    assertEquals(driver.queue.state().nextId(), replayed.nextId());
  }

  @Test
  void aWaitThatIsOverEndsInFullOrEmpty() {
    driver.take("c", 1, 500);
    driver.put("p", 500, "1", "2", "3");
    driver.put("q", 500, "4");
    driver.pass(499);
    assertNull(driver.last("q"));
    driver.pass(1);
    assertFalse(((Reply.Put) driver.last("q")).stored());
  }

  @Test
  void whatACallerThatIsGoneNeverHeardOfDoesNotCount() {
    driver.put("p", "1");
    driver.step(
        new Command.Take("c", 1, 0, -1, null, List.of(), false),
        new Driver.Someone("c", "node/door-1"));
    Lease lease = ((Reply.Taken) driver.last("c")).leases().get(0);
    driver.step(
        new Command.Gone("node/door-1", List.of(new LeaseRef(lease.id(), lease.fence()))), null);
    assertEquals(1, driver.take("d", 1).leases().get(0).attempt());
  }

  @Test
  void whoNeverHeardAnythingCostsNoAttemptWhateverItWasGiven() {
    driver.put("p", "1");
    driver.step(
        new Command.Take("c", 1, 0, -1, null, List.of(), false),
        new Driver.Someone("c", "node/door-1"));
    driver.step(new Command.Gone("node/door-1", List.of(), true), null);
    assertEquals(1, driver.take("d", 1).leases().get(0).attempt());
  }
}
