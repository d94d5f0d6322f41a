package dev.weir.http;

import static dev.weir.node.Bus.await;
import static dev.weir.node.Bus.queue;
import static dev.weir.node.Bus.until;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.weir.journal.TapeJournal;
import dev.weir.node.Bus;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests that wait are held open; a client that goes away leaves nothing behind. */
class ApiWaitingTest {
  private static final String TAKE = "{\"consumer\":\"c\",\"waitMs\":20000}";
  private static final String PUT = "{\"producer\":\"p\",\"body\":%d,\"waitMs\":20000}";

  @TempDir Path dataDir;
  private final AtomicReference<TapeJournal> journal = new AtomicReference<>();
  private final AtomicReference<String> heard = new AtomicReference<>("");
  private Bus bus;
  private HttpVerticle door;
  private WebClient client;
  private NetClient sockets;

  @BeforeEach
  void start() {
    bus = new Bus(dataDir);
    bus.start(
        (durability, verticle, epoch, context) -> {
          journal.set(new TapeJournal(new TapeJournal.Tape(), context));
          return journal.get();
        },
        queue("lab").put("capacity", 2));
    door = new HttpVerticle(HttpSettings.parse(new JsonObject().put("port", 0)));
    await(bus.vertx.deployVerticle(door));
    client = WebClient.create(bus.vertx);
    sockets = bus.vertx.createNetClient();
  }

  @AfterEach
  void stop() {
    bus.close();
  }

  private Future<JsonObject> post(String op, String body) {
    return client
        .post(door.port(), "127.0.0.1", "/api/queues/lab/" + op)
        .putHeader("content-type", "application/json")
        .sendBuffer(Buffer.buffer(body))
        .map(HttpResponse::bodyAsJsonObject);
  }

  /** A client whose connection can be ended at will; what it hears is in {@link #heard}. */
  private NetSocket rawPost(String op, String body) {
    NetSocket socket = await(sockets.connect(door.port(), "127.0.0.1"));
    socket.handler(bytes -> heard.updateAndGet(text -> text + bytes));
    await(
        socket.write(
            ("POST /api/queues/lab/%s HTTP/1.1\r\nhost: 127.0.0.1:%d\r\n"
                    + "content-type: application/json\r\ncontent-length: %d\r\n\r\n%s")
                .formatted(op, door.port(), body.length(), body)));
    return socket;
  }

  private int waiting(String side) {
    return bus.ask("weir.lab.manage", "{\"op\":\"stats\"}")
        .getJsonObject("waiting")
        .getInteger(side);
  }

  @Test
  void aTakeIsHeldOpenUntilThereIsSomething() {
    Future<JsonObject> taken = post("take", TAKE);
    until("the take waits", () -> waiting("consume") == 1);
    assertFalse(taken.isComplete());
    await(post("items", PUT.formatted(7)));
    assertEquals(7, await(taken).getJsonArray("items").getJsonObject(0).getInteger("body"));
  }

  @Test
  void whoGoesAwayLeavesBothLinesAtOnce() {
    await(post("items", PUT.formatted(1)));
    await(post("items", PUT.formatted(2)));
    NetSocket producer = rawPost("items", PUT.formatted(3));
    until("the put waits", () -> waiting("produce") == 1);
    await(producer.close());
    until("the put left the line", () -> waiting("produce") == 0);
    await(post("take", "{\"consumer\":\"c\",\"autoAck\":true,\"max\":2}"));
    NetSocket consumer = rawPost("take", TAKE);
    until("the take waits", () -> waiting("consume") == 1);
    await(consumer.close());
    until("the take left the line", () -> waiting("consume") == 0);
    assertEquals(0, bus.counts("lab").getInteger("ready"), "the put that left was not done");
  }

  @Test
  void anAnswerThatNobodyHearsCostsNoAttempt() {
    await(post("items", PUT.formatted(1)));
    await(post("items", PUT.formatted(2)));
    JsonObject first = await(post("take", TAKE)).getJsonArray("items").getJsonObject(0);
    journal.get().hold();
    int before = journal.get().appended();
    NetSocket gone = rawPost("take", TAKE.replace("}", ",\"ack\":" + only(first) + "}"));
    until("its answer waits for the flush", () -> journal.get().appended() == before + 1);
    await(gone.close());
    until("the lease is taken back", () -> journal.get().appended() == before + 2);
    journal.get().letGo();
    JsonObject second = await(post("take", TAKE)).getJsonArray("items").getJsonObject(0);
    assertEquals(2, second.getInteger("body"));
    assertEquals(1, second.getInteger("attempt"), "the lease in between was not counted");
  }

  private static String only(JsonObject item) {
    return "[{\"id\":%d,\"fence\":%d}]".formatted(item.getLong("id"), item.getLong("fence"));
  }

  @Test
  void whatWasHeardStaysLeasedWhateverBecomesOfTheConnection() {
    await(post("items", PUT.formatted(1)));
    NetSocket consumer = rawPost("take", TAKE);
    until("the answer is there", () -> heard.get().contains("leaseEndsAt"));
    await(consumer.close());
    NetSocket other = rawPost("take", TAKE);
    until("the next one waits", () -> waiting("consume") == 1);
    await(other.close());
    until("and its end was seen", () -> waiting("consume") == 0);
    assertEquals(1, bus.counts("lab").getInteger("leased"), "over HTTP a connection is no session");
  }
}
