package dev.weir.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** The dashboard in a real browser, beside a real node and the clients of the exercise. */
class DashboardIT {
  @TempDir static Path directory;
  private static DashboardNode node;
  private static Browser browser;

  @BeforeAll
  static void start() throws Exception {
    if (!Browser.isInstalled()) {
      String sentence = "SKIPPED: the dashboard's test needs chromium and chromium-driver";
      assertTrue(!"required".equals(System.getenv("WEIR_BROWSER")), sentence);
      System.err.println("\n*** " + sentence + " ***\n");
      Assumptions.abort(sentence);
    }
    node = new DashboardNode(directory);
    browser = new Browser(directory.resolve("profile"));
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
    if (node != null) {
      node.close();
    }
  }

  @BeforeEach
  void aDesk() {
    browser.size(1440, 1000);
    browser.scheme("light");
  }

  /** No page says an error, and none asks anybody but the node. */
  @AfterEach
  void quiet() {
    assertEquals(List.of(), browser.logged());
    assertEquals(List.of(), browser.askedBeside(node.origin()));
  }

  private static void open(String queue) {
    browser.open(node.page(queue));
    browser.await("state() === 'open' && text('#name') === '" + queue + "'");
    browser.await("/\\d/.test(text('#depth'))");
  }

  /** Confirms the dialog, and waits for what it says it did. */
  private static void confirm(String said) {
    browser.click("#dialog-submit");
    browser.await("text('.notice.done').includes('" + said + "') && !one('#dialog').open");
  }

  @Test
  void theNumbersMoveAndAPauseStopsTheLine() throws Exception {
    open("lab");
    browser.await("text('#rate-put') !== '0' && text('#rate-take') !== '0'");
    browser.value("window.first = one('#chart-rates .plot').ariaLabel");
    browser.await("one('#chart-rates .plot').ariaLabel !== window.first");
    browser.await("shown('#leases tr[data-who]')");
    browser.screenshot("lab-moving");

    browser.click("#do-pause-consume");
    browser.fill("#field-by", "Grace");
    confirm("Paused consuming on lab");
    browser.await("text('#chips').includes('consuming paused')");
    browser.await("text('#do-pause-consume') === 'Resume consuming…'");
    browser.await("text('#depth') === '5' && text('#chips').includes('full')");
    browser.await("text('#count-leased') === '0' && text('#count-ready') === '5'");
    browser.await("all('#line-produce tbody tr').length === 3");
    browser.await("all('#line-consume tbody tr').length === 2");
    browser.await("text('#rate-put') === '0' && text('#rate-take') === '0'");
    assertEquals("1", browser.text("#line-produce tbody tr:first-child td:first-child"));
    browser.await("text('#audit tr[data-op=pause]').includes('Grace')");
    browser.screenshot("lab-paused");

    browser.click("#do-pause-consume");
    confirm("Resumed consuming on lab");
    browser.await("text('#rate-take') !== '0' && all('#line-consume tbody tr').length < 2");
  }

  @Test
  void purgeEmpties() throws Exception {
    node.create("tank", new JsonObject().put("capacity", 50));
    node.put("tank", 20);
    open("tank");
    browser.await("text('#depth') === '20' && text('#percent') === '40 %'");

    browser.click("#do-purge");
    browser.fill("#field-max", "3");
    confirm("Purged 3 ready items from tank");
    browser.await("text('#depth') === '17'");
    browser.click("#do-purge");
    confirm("Purged 17 ready items");
    browser.await("text('#depth') === '0' && one('#level').ariaValueNow === '0'");
    browser.await("all('#audit tr[data-op=purge]').length === 2");
    browser.screenshot("tank-empty");
  }

  @Test
  void aPersonPutsPeeksKicksAndChangesTheCapacity() throws Exception {
    node.create("hands", new JsonObject().put("capacity", 9));
    node.put("hands", 1);
    node.bury("hands", "downstream 503");
    open("hands");

    browser.click("#do-put");
    browser.fill("#field-body", "{no json");
    browser.click("#dialog-submit");
    browser.await("text('#dialog-error').startsWith('Body: this is no JSON')");
    browser.fill("#field-body", "{\"order\": \"A-17\", \"html\": \"<b onclick=x>\"}");
    browser.fill("#field-by", "Ada");
    confirm("Stored item #2 in hands (local)");
    browser.click("#do-put");
    browser.fill("#field-body", "[1, 2]");
    browser.fill("#field-delayMs", "3600000");
    confirm("Stored item #3");
    browser.await("text('#count-delayed') === '1'");

    browser.click("#do-peek");
    browser.await("text('#items tr[data-item=\"2\"]').includes('<b onclick=x>')");
    browser.fill("#peek-filter", "a-17");
    browser.await("text('#peek-said').includes('1 match')");
    browser.fill("#peek-filter", "nowhere");
    browser.await("text('#peek-said').includes('0 match') && !shown('#items')");
    browser.fill("#peek-filter", "");
    browser.fill("#peek-state", "delayed");
    browser.click("#do-peek");
    browser.click("#items [data-kick=\"3\"]");
    confirm("Item #3 of hands is ready again");

    browser.await("text('#dead tr[data-item=\"1\"]').includes('downstream 503')");
    browser.screenshot("hands-dead");
    browser.click("#dead [data-kick=\"1\"]");
    confirm("Item #1 of hands is ready again");
    browser.await("text('#count-ready') === '3' && text('#count-dead') === '0' && !shown('#dead')");

    browser.await("all('#audit tr[data-op=kick]').length === 2");
    browser.await("text('#audit tr[data-op=kick]').includes('Ada')");
  }

  @Test
  void aChangedCapacityHoldsAndWhatIsRefusedIsSaid() {
    node.create("small", new JsonObject().put("capacity", 9));
    node.put("small", 3);
    open("small");
    browser.click("#do-capacity");
    browser.fill("#field-by", "Ada");
    browser.fill("#field-capacity", "3");
    confirm("small now holds up to 3 items");
    browser.await("text('#capacity') === '3' && text('#chips').includes('full')");
    browser.click("#do-put");
    browser.click("#dialog-submit");
    browser.await("text('#dialog-error').includes('Not stored: the queue is full')");
    browser.click("#dialog-cancel");
    browser.click("#do-kick");
    browser.fill("#field-id", "77");
    browser.click("#dialog-submit");
    browser.await("text('#dialog-error').includes('no-such-item')");
    browser.click("#dialog-cancel");

    browser.await("text('#audit tr[data-op=configure]').includes('Ada')");
  }

  @Test
  void aKeyboardIsEnough() {
    node.create("keys", new JsonObject());
    open("keys");
    browser.value("one('#do-put').focus()");
    browser.press(Keys.ENTER);
    browser.await("one('#dialog').open && document.activeElement.id === 'field-body'");
    browser.press(Keys.ESCAPE);
    browser.await("!one('#dialog').open && document.activeElement.id === 'do-put'");
    browser.press(Keys.ENTER);
    browser.await("document.activeElement.id === 'field-body'");
    browser.press(Keys.TAB, Keys.NULL);
    browser.await("document.activeElement.id === 'field-key'");
    browser.press(Keys.ENTER);
    browser.await("text('.notice.done').includes('Stored item #1 in keys')");
    browser.await("document.activeElement.id === 'do-put'");
  }

  @Test
  void thePageComesBackWithTheNode() throws Exception {
    open("lab");
    browser.value("window.stayed = true");
    node.stop();
    browser.await("state() === 'closed' && text('#connection').startsWith('Disconnected')");
    browser.screenshot("disconnected");
    browser.click("#do-put");
    browser.click("#dialog-submit");
    browser.await("text('#dialog-error').includes('nothing was sent')");
    browser.click("#dialog-cancel");

    node.start();

    browser.await("state() === 'open' && window.stayed");
    browser.await("text('#rate-put') !== '0' && text('#rate-take') !== '0'");
    browser.screenshot("back-again");
    List<String> logged = browser.logged();
    assertEquals(
        List.of(), logged.stream().filter(line -> !line.contains("ERR_CONNECTION")).toList());
  }

  @Test
  void aPhoneShowsListAndQueueInLightAndDark() throws Exception {
    node.create("other", new JsonObject());
    browser.size(390, 844);
    browser.open(node.origin() + "/");
    browser.await("all('#queue-list [data-queue]').length >= 2 && !shown('#queue')");
    browser.screenshot("phone-list");
    browser.click("[data-queue=lab]");
    browser.await("shown('#queue') && !shown('#queues') && text('#name') === 'lab'");
    browser.await("/\\d/.test(text('#depth')) && shown('#chart-depth canvas')");
    browser.await("document.documentElement.scrollWidth <= innerWidth");
    browser.screenshot("phone-light");
    browser.scheme("dark");
    browser.await("getComputedStyle(one('.card')).backgroundColor !== 'rgb(255, 255, 255)'");
    browser.screenshot("phone-dark");
    browser.click(".back");
    browser.await("shown('#queues') && !shown('#queue')");
  }

  @Test
  void aHundredQueuesAndTenThousandWaitersStaySmooth() throws Exception {
    for (int number = 1; number <= 100; number++) {
      node.create("many-" + number, new JsonObject().put("waitMsMax", 600_000));
    }
    JsonObject take =
        new JsonObject().put("op", "take").put("consumer", "w").put("waitMs", 600_000);
    DeliveryOptions patient = new DeliveryOptions().setSendTimeout(700_000);
    for (int number = 1; number <= 10_000; number++) {
      node.vertx.eventBus().request("weir.many-1.consume", take, patient);
    }
    open("many-1");
    browser.await("text('#waiting-consume') === '10,000'");
    browser.await("text('#line-consume-count') === 'first 100 of 10,000'");
    browser.await("all('#line-consume tbody tr').length === 100");
    browser.await("all('#queue-list [data-queue]').length >= 100");
    browser.value("window.frames10k = []");
    browser.value(
        "void (function tick(at) { window.frames10k.push(at); requestAnimationFrame(tick); })(0)");
    browser.await("window.frames10k.length > 120");
    Object gaps =
        browser.value(
            "window.frames10k.slice(2).map((at, i) => at - window.frames10k[i + 1])"
                + ".sort((a, b) => b - a).slice(0, 5).map(Math.round).join(' ')");
    System.out.println("100 queues, 10,000 waiters: the longest frames took " + gaps + " ms");
    browser.screenshot("many");
    browser.fill("#queue-filter", "many-77");
    browser.await("all('#queue-list [data-queue]').length === 1");
    for (int number = 1; number <= 100; number++) {
      node.delete("many-" + number);
    }
    browser.await("shown('#missing')");
  }

  @Test
  void aPageOfAnotherOriginReachesNothing() throws Exception {
    node.create("victim", new JsonObject());
    try (ForeignPage foreign = new ForeignPage(node.vertx, node.origin())) {
      browser.open(foreign.origin() + "/");
      browser.await("document.title === 'tried'");
      JsonObject tried = new JsonObject(browser.text("#tried"));
      assertEquals("refused", tried.getString("socket"), tried.encode());
      assertEquals("refused", tried.getString("json"), tried.encode());
      assertEquals(new JsonArray(), tried.getJsonArray("read"), tried.encode());
      JsonObject totals = node.stats("victim").getJsonObject("totals");
      assertEquals(0, totals.getInteger("put"));
      browser.open("about:blank");
      assertTrue(!browser.logged().isEmpty(), "a browser says what was refused");
      assertEquals(List.of(), browser.askedBeside(node.origin(), foreign.origin()));
    }
  }
}
