package dev.weir.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The API's contract: {@code openapi.yaml} in the resources. Blocking: read once, at start. */
final class Contract {
  private Contract() {}

  /** The contract as JSON. */
  static JsonObject load() {
    try (InputStream yaml = Contract.class.getResourceAsStream("/openapi.yaml")) {
      @SuppressWarnings("unchecked")
      Map<String, Object> document =
          (Map<String, Object>) new Load(LoadSettings.builder().build()).loadFromInputStream(yaml);
      return new JsonObject(document);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Buffer json() {
    return load().toBuffer();
  }
}
