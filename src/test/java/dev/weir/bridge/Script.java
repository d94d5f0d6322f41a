package dev.weir.bridge;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * What a well-behaved client says to a bridge, in stages: the frames of one are sent together, and
 * the next begins when as many frames as expected were heard.
 */
final class Script {
  static final String[] ADDRESSES = {"echo", "fail", "headers", "deep", "nobody", "silent", "hear"};

  /**
   * A stage.
   *
   * @param frames what is said, given all that was heard before
   * @param answers how many frames are heard then
   */
  record Stage(Function<List<JsonObject>, List<String>> frames, int answers) {}

  private Script() {}

  static List<Stage> stages() {
    List<Stage> stages = new ArrayList<>();
    requests(stages);
    failures(stages);
    registered(stages);
    repliesToReplies(stages);
    pipelined(stages);
    return stages;
  }

  private static Stage stage(int answers, String... frames) {
    return new Stage(heard -> List.of(frames), answers);
  }

  private static void requests(List<Stage> stages) {
    stages.add(stage(1, "{\"type\":\"ping\"}"));
    stages.add(stage(1, "{\"type\":\"ping\",\"address\":\"any\",\"body\":{\"more\":1}}"));
    String[] bodies = {
      "{\"a\":{\"b\":[1,2.5,null,true,\"x\"]}}",
      "[1,[2,{}]]",
      "\"text: é ☃ 🎣 \\u0000\"",
      "7",
      "9007199254740993",
      "-0.5",
      "1e300",
      "false",
      "null",
      "{}",
      "[]",
      "\"\""
    };
    for (int at = 0; at < bodies.length; at++) {
      stages.add(stage(1, Peer.send("echo", "body-" + at, bodies[at])));
    }
    stages.add(stage(1, "{\"type\":\"send\",\"address\":\"echo\",\"replyAddress\":\"no-body\"}"));
    stages.add(
        stage(
            1,
            "{\"type\":\"send\",\"address\":\"headers\",\"replyAddress\":\"h\",\"body\":1,"
                + "\"headers\":{\"X-one\":\"1\",\"two\":\"é\",\"three\":\"\",\"four\":4}}"));
    stages.add(
        stage(
            1,
            "{ \"unknown\" : [ ], \"body\" : 1 , \"replyAddress\" : \"odd\" ,\n"
                + "\t\"address\" : \"echo\", \"headers\":{}, \"type\" : \"send\" }"));
    stages.add(stage(1, Peer.send("echo", "big", "\"" + "Zażółć ".repeat(40_000) + "\"")));
  }

  private static void failures(List<Stage> stages) {
    stages.add(stage(1, Peer.send("fail", "f-1", "{\"code\":404,\"text\":\"no such thing\"}")));
    stages.add(stage(1, Peer.send("fail", "f-2", "{\"code\":-7,\"text\":\"\"}")));
    stages.add(stage(1, Peer.send("nobody", "f-3", "{}")));
    stages.add(
        stage(
            1,
            "{\"type\":\"send\",\"address\":\"silent\",\"replyAddress\":\"f-4\",\"body\":1,"
                + "\"headers\":{\"timeout\":20}}"));
    stages.add(stage(0, Peer.send("nobody", null, "{}")));
    stages.add(stage(0, Peer.send("echo", null, "{}")));
  }

  private static void registered(List<Stage> stages) {
    stages.add(stage(1, "{\"type\":\"unregister\",\"address\":\"hear\"}"));
    stages.add(stage(1, "{\"type\":\"register\",\"address\":\"hear\"}", "{\"type\":\"ping\"}"));
    stages.add(stage(1, "{\"type\":\"publish\",\"address\":\"hear\",\"body\":{\"n\":1}}"));
    stages.add(stage(1, Peer.send("hear", null, "\"sent\"")));
    stages.add(
        stage(
            1,
            "{\"type\":\"publish\",\"address\":\"hear\",\"body\":[2],\"headers\":{\"k\":\"v\"}}"));
    // the client asks itself, and answers itself
    stages.add(stage(1, Peer.send("hear", "self", "{\"q\":1}")));
    stages.add(new Stage(heard -> List.of(answer(heard, "\"body\":{\"a\":1}")), 1));
    stages.add(stage(1, Peer.send("hear", "self-2", "{\"q\":2}")));
    stages.add(
        new Stage(
            heard -> List.of(answer(heard, "\"failureCode\":12,\"message\":\"not now\"")), 1));
    stages.add(stage(1, "{\"type\":\"unregister\",\"address\":\"hear\"}", "{\"type\":\"ping\"}"));
    stages.add(stage(0, "{\"type\":\"publish\",\"address\":\"hear\",\"body\":{\"n\":3}}"));
    stages.add(stage(1, "{\"type\":\"ping\"}"));
  }

  /** A frame that replies to the message that was heard last. */
  private static String answer(List<JsonObject> heard, String rest) {
    String address = heard.get(heard.size() - 1).getString("replyAddress");
    return "{\"type\":\"send\",\"address\":\"" + address + "\"," + rest + "}";
  }

  private static void repliesToReplies(List<Stage> stages) {
    stages.add(stage(1, Peer.send("deep", "deep-1", "\"first\"")));
    stages.add(
        new Stage(heard -> List.of(answer(heard, "\"replyAddress\":\"deep-2\",\"body\":2")), 1));
    stages.add(
        new Stage(heard -> List.of(answer(heard, "\"replyAddress\":\"deep-3\",\"body\":3")), 1));
    stages.add(stage(1, "{\"type\":\"ping\"}"));
  }

  private static void pipelined(List<Stage> stages) {
    List<String> frames = new ArrayList<>();
    for (int at = 0; at < 300; at++) {
      frames.add(
          switch (at % 4) {
            case 0 -> "{\"type\":\"ping\"}";
            case 1 -> Peer.send("echo", "p-" + at % 8, "{\"n\":" + at + "}");
            case 2 -> Peer.send("fail", "q-" + at % 8, "{\"code\":" + at + ",\"text\":\"t\"}");
            default -> Peer.send("headers", "r-" + at % 8, "[" + at + "]");
          });
    }
    stages.add(new Stage(heard -> frames, frames.size()));
  }
}
