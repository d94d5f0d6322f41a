package dev.weir.readme;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ReadmeTest {

  @Test
  void theExampleIsTheOneThatIsCompiled() throws IOException {
    String compiled = Files.readString(Path.of("src/test/java/dev/weir/readme/Example.java"));
    String shown = compiled.substring(compiled.indexOf("import"));
    assertTrue(Files.readString(Path.of("README.md")).contains("```java\n" + shown + "```"));
  }
}
