package dev.weir.socket;

import static dev.weir.node.Bus.until;
import static dev.weir.socket.Classroom.item;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many clients, fast ones, slow ones and mad ones. */
class SocketCrowdTest {
  private static final int FLOOD = 100_000;

  @TempDir Path dataDir;
  private Classroom room;

  @AfterEach
  void close() {
    room.close();
  }

  private static Thread run(IoWork work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    thread.start();
    return thread;
  }

  /** Something that talks. */
  private interface IoWork {
    void run() throws IOException;
  }

  @Test
  void aFloodAgainstAFullQueueIsHeldBackAndArrivesWhole() throws Exception {
    room = new Classroom(dataDir, new JsonObject().put("capacity", 5)).open(new JsonObject());
    AtomicInteger sent = new AtomicInteger();
    Classroom.Client producer = room.client();
    Thread sender =
        run(
            () -> {
              for (int value = 0; value < FLOOD; value++) {
                producer.send(item(1, value));
                sent.set(value + 1);
              }
              producer.close();
            });
    room.line("Queue is full. Producer 1 is waiting.");
    until(
        "the producer is under way",
        () -> sent.get() > 1000 && sender.getState() == Thread.State.RUNNABLE);
    assertTrue(sent.get() < FLOOD, "the sender is held back");
    assertTrue(room.door().bufferedBytes() < 1 << 20);
    int expected = 0;
    while (expected < FLOOD) {
      JsonArray items =
          room.bus
              .ask(
                  "weir.lab.consume",
                  "{\"op\":\"take\",\"consumer\":\"b\",\"max\":100,\"waitMs\":20000,\"autoAck\":true}")
              .getJsonArray("items");
      for (Object taken : items) {
        assertEquals(expected++, ((JsonObject) taken).getJsonObject("body").getInteger("value"));
      }
    }
    sender.join();
  }

  @Test
  void aReaderThatDoesNotReadIsEndedAndItsItemComesBack() throws IOException {
    room =
        new Classroom(dataDir, new JsonObject().put("capacity", 40))
            .open(new JsonObject().put("unreadMs", 300));
    String body = "\"" + "x".repeat(1_000_000) + "\"";
    for (int i = 0; i < 30; i++) {
      room.bus.ask("weir.lab.produce", "{\"op\":\"put\",\"producer\":\"p\",\"body\":" + body + "}");
    }
    try (Classroom.Client client = room.client()) {
      client.socket.setReceiveBufferSize(4096);
      for (int i = 0; i < 30; i++) {
        client.send("{\"type\":\"consumer\"}");
      }
      until("every connection ended", () -> room.door().connectionCount() == 0);
      until("no lease is left", () -> room.count("leased") == 0);
      assertTrue(room.count("ready") > 20, "only what was written may be gone");
    }
  }

  @Test
  void aWriterOfOneByteAtATimeDisturbsNobody() throws IOException {
    room = new Classroom(dataDir, new JsonObject().put("capacity", 5)).open(new JsonObject());
    try (Classroom.Client slow = room.client();
        Classroom.Client quick = room.client()) {
      byte[] bytes = item(1, 1).getBytes(java.nio.charset.StandardCharsets.UTF_8);
      for (int i = 0; i < bytes.length; i++) {
        slow.send(new byte[] {bytes[i]});
        if (i < bytes.length - 1) {
          quick.send(item(2, i));
          assertEquals(i, room.take().getJsonObject("body").getInteger("value"));
        }
      }
      assertEquals("1", room.take().getString("producer"));
    }
  }

  @Test
  void threeProducersAndTwoConsumersLoseNothing() throws Exception {
    room = new Classroom(dataDir, new JsonObject().put("capacity", 5)).open(new JsonObject());
    int each = 500;
    List<Thread> threads = new ArrayList<>();
    for (int p = 1; p <= 3; p++) {
      int id = p;
      threads.add(
          run(
              () -> {
                try (Classroom.Client producer = room.client()) {
                  for (int value = 0; value < each; value++) {
                    producer.send(item(id, value));
                  }
                }
              }));
    }
    AtomicInteger got = new AtomicInteger();
    List<String> all = new ArrayList<>();
    for (int c = 0; c < 2; c++) {
      threads.add(
          run(
              () -> {
                try (Classroom.Client consumer = room.client()) {
                  long end = System.nanoTime() + 50_000_000_000L;
                  while (got.get() < 3 * each && System.nanoTime() < end) {
                    String answer = consumer.consume();
                    if (!answer.equals("queue_empty")) {
                      got.incrementAndGet();
                      synchronized (all) {
                        all.add(answer);
                      }
                    }
                  }
                  consumer.consume();
                }
              }));
    }
    for (Thread thread : threads) {
      thread.join(60_000);
      assertTrue(!thread.isAlive(), got + " of " + 3 * each + " were consumed");
    }
    assertEquals(3 * each, all.stream().distinct().count());
    assertEquals(3 * each, all.size());
  }

  private static byte[] soup(Random random) {
    byte[] bytes = new byte[random.nextInt(300)];
    String alphabet = "{}[]\":,.0123456789eE+-truefalsnl \\u\n\t";
    boolean raw = random.nextInt(4) == 0;
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] =
          (byte) (raw ? random.nextInt(256) : alphabet.charAt(random.nextInt(alphabet.length())));
    }
    byte[] good = item(66, 1).getBytes(java.nio.charset.StandardCharsets.UTF_8);
    return switch (random.nextInt(4)) {
      case 0 -> java.util.Arrays.copyOf(good, random.nextInt(good.length));
      case 1 -> ("{" + new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1)).getBytes();
      default -> bytes;
    };
  }

  @Test
  void soupsOfBytesEndTheirOwnConnectionAtMost() throws Exception {
    long seed = Long.getLong("weir.seed", System.nanoTime());
    System.out.println("socket fuzz: -Dweir.seed=" + seed);
    room = new Classroom(dataDir, new JsonObject().put("capacity", 10_000)).open(new JsonObject());
    AtomicInteger left = new AtomicInteger(10_000);
    List<Thread> mad = new ArrayList<>();
    for (int i = 0; i < 64; i++) {
      Random random = new Random(seed + i);
      mad.add(run(() -> madness(random, left)));
    }
    int served = 0;
    try (Classroom.Client good = room.client()) {
      while (mad.stream().anyMatch(Thread::isAlive) || served < 20) {
        assertTrue(good.consume().length() > 0, "-Dweir.seed=" + seed);
        served++;
      }
    }
    until("every connection ended", () -> room.door().connectionCount() == 0);
    assertEquals(0, room.door().bufferedBytes(), "-Dweir.seed=" + seed);
  }

  /** Each connection is answered a last request or is closed: never neither. */
  private void madness(Random random, AtomicInteger left) throws IOException {
    while (left.getAndDecrement() > 0) {
      try (Classroom.Client client = room.client()) {
        try {
          for (int i = random.nextInt(4); i >= 0; i--) {
            client.send(soup(random));
          }
          if (random.nextInt(8) == 0) {
            client.reset();
            continue;
          }
          client.socket.shutdownOutput();
          client.readAll();
        } catch (java.net.SocketException e) {
          assertTrue(e.getMessage() != null, "reset by the door, which is an end as well");
        }
      }
    }
  }
}
