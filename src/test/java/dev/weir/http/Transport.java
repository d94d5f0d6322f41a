package dev.weir.http;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A real HTTP client, one call after another. */
interface Transport {

  /** What came back; the names of the headers in lower case. */
  record Answer(int status, Map<String, String> headers, Buffer body) {}

  /** A body of null is none at all, without a content type of its own. */
  Answer call(int port, String method, String path, Map<String, String> headers, Buffer body);

  /** Vert.x' own. */
  static Transport webClient(Vertx vertx) {
    WebClient client = WebClient.create(vertx);
    return (port, method, path, headers, body) -> {
      HttpRequest<Buffer> request =
          client.request(HttpMethod.valueOf(method), port, "127.0.0.1", path);
      headers.forEach(request::putHeader);
      HttpResponse<Buffer> response =
          dev.weir.node.Bus.await(body == null ? request.send() : request.sendBuffer(body));
      Map<String, String> got = new HashMap<>();
      response.headers().forEach((name, value) -> got.put(name.toLowerCase(Locale.ROOT), value));
      return new Answer(
          response.statusCode(), got, response.body() == null ? Buffer.buffer() : response.body());
    };
  }

  /** The program {@code curl}. */
  static Transport curl() {
    return (port, method, path, headers, body) -> {
      List<String> command =
          new ArrayList<>(List.of("curl", "-s", "-i", "--path-as-is", "--max-time", "30"));
      command.addAll(method.equals("HEAD") ? List.of("-I") : List.of("-X", method));
      headers.forEach((name, value) -> command.addAll(List.of("-H", name + ": " + value)));
      if (body != null) {
        command.addAll(List.of("--data-binary", "@-"));
        if (!headers.containsKey("content-type")) {
          command.addAll(List.of("-H", "content-type:"));
        }
      }
      command.add("http://127.0.0.1:" + port + path);
      try {
        Process curl = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (OutputStream in = curl.getOutputStream()) {
          in.write(body == null ? new byte[0] : body.getBytes());
        } catch (IOException e) {
          // it stops reading what it sends once it was refused
        }
        return parse(Buffer.buffer(curl.getInputStream().readAllBytes()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    };
  }

  private static Answer parse(Buffer output) {
    String text = output.toString(StandardCharsets.ISO_8859_1);
    int from = 0;
    int end = text.indexOf("\r\n\r\n");
    while (text.startsWith("HTTP/1.1 100", from)) {
      from = end + 4;
      end = text.indexOf("\r\n\r\n", from);
    }
    String[] lines = text.substring(from, end).split("\r\n");
    Map<String, String> headers = new HashMap<>();
    for (int line = 1; line < lines.length; line++) {
      int colon = lines[line].indexOf(':');
      headers.put(
          lines[line].substring(0, colon).toLowerCase(Locale.ROOT),
          lines[line].substring(colon + 1).strip());
    }
    return new Answer(
        Integer.parseInt(lines[0].split(" ")[1]), headers, output.slice(end + 4, output.length()));
  }
}
