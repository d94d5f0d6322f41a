import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;

/** Puts, takes and acks: java -cp target/app.jar examples/PutTakeAck.java [port] [queue]. */
public class PutTakeAck {
  private static Socket bridge;
  private static String queue;

  /** Sends a request to one of the addresses of the queue and waits for its answer. */
  private static JsonObject ask(String role, JsonObject body) throws IOException {
    String address = "weir." + queue + "." + role;
    JsonObject frame = new JsonObject().put("type", "send").put("address", address);
    byte[] payload = frame.put("replyAddress", "r").put("body", body).toBuffer().getBytes();
    DataOutputStream out = new DataOutputStream(bridge.getOutputStream());
    out.writeInt(payload.length);
    out.write(payload);
    DataInputStream in = new DataInputStream(bridge.getInputStream());
    JsonObject answer = new JsonObject(new String(in.readNBytes(in.readInt()), "UTF-8"));
    if (answer.getString("type").equals("err")) {
      throw new IllegalStateException(answer.getString("message"));
    }
    return answer.getJsonObject("body");
  }

  public static void main(String[] args) throws IOException {
    bridge = new Socket("127.0.0.1", args.length > 0 ? Integer.parseInt(args[0]) : 7000);
    queue = args.length > 1 ? args[1] : "lab";
    JsonObject put = new JsonObject().put("op", "put").put("producer", "java").put("waitMs", 1000);
    put.put("body", new JsonObject().put("value", 36));
    System.out.println("put: " + ask("produce", put).getString("status"));
    JsonObject take = new JsonObject().put("op", "take").put("consumer", "java");
    JsonObject taken = ask("consume", take.put("waitMs", 1000));
    for (Object each : taken.getJsonArray("items", new JsonArray())) {
      JsonObject item = (JsonObject) each;
      System.out.println("took: " + item.getJsonObject("body"));
      JsonObject lease = new JsonObject().put("id", item.getLong("id"));
      JsonArray leases = new JsonArray().add(lease.put("fence", item.getLong("fence")));
      JsonObject ack = new JsonObject().put("op", "ack").put("consumer", "java");
      JsonArray done = ask("consume", ack.put("leases", leases)).getJsonArray("done");
      System.out.println("acked: " + done.contains(item.getValue("id")));
    }
    bridge.close();
  }
}
