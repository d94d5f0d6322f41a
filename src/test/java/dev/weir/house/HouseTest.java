package dev.weir.house;

import static java.util.Map.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rules of the house. */
class HouseTest {
  private static final Path MAIN = Path.of("src/main/java/dev/weir");
  private static final Pattern IMPORT =
      Pattern.compile("^import (?:static )?([\\w.]+)", Pattern.MULTILINE);
  private static final Pattern OWN = Pattern.compile("\\bdev\\.weir\\.([a-z]+)\\.");

  /** Which rooms a room may use. */
  private static final Map<String, Set<String>> MAY_USE =
      Map.ofEntries(
          entry("core", Set.of()),
          entry("journal", Set.of("core")),
          entry("protocol", Set.of("core")),
          entry("node", Set.of("core", "journal", "protocol")),
          entry("client", Set.of("core", "protocol")),
          entry("door", Set.of("core", "protocol")),
          entry("relay", Set.of("core", "protocol", "door")),
          entry("bridge", Set.of("core", "protocol", "door", "relay")),
          entry("socket", Set.of("core", "protocol", "door")),
          entry("http", Set.of("core", "protocol", "door", "relay", "client")),
          entry(
              "cli",
              Set.of(
                  "core",
                  "journal",
                  "protocol",
                  "node",
                  "client",
                  "door",
                  "bridge",
                  "socket",
                  "http")));

  private static List<Path> sources(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
  }

  private static void assertNone(List<String> found) {
    assertEquals(List.of(), found);
  }

  @Test
  void arrowsGoOneWay() throws IOException {
    List<String> found = new ArrayList<>();
    for (Path file : sources(MAIN)) {
      String room = MAIN.relativize(file).getName(0).toString();
      assertTrue(MAY_USE.containsKey(room), "a room nobody knows: " + room);
      Matcher uses = OWN.matcher(Files.readString(file));
      while (uses.find()) {
        String other = uses.group(1);
        if (!other.equals(room) && !MAY_USE.get(room).contains(other)) {
          found.add(file + " uses " + other);
        }
      }
    }
    assertNone(found);
  }

  @Test
  void theCoreIsPure() throws IOException {
    List<String> allowed =
        List.of(
            "java.util.",
            "java.nio.charset.",
            "java.nio.ByteBuffer",
            "java.security.",
            "org.HdrHistogram.");
    List<String> found = new ArrayList<>();
    for (Path file : sources(MAIN.resolve("core"))) {
      String text = Files.readString(file);
      Matcher imports = IMPORT.matcher(text);
      while (imports.find()) {
        String name = imports.group(1);
        if (!name.startsWith("dev.weir.core.") && allowed.stream().noneMatch(name::startsWith)) {
          found.add(file + " imports " + name);
        }
      }
      for (String banned :
          List.of(
              "java.util.logging",
              "java.util.Random",
              "java.util.concurrent",
              "System.out",
              "System.err",
              "nanoTime",
              "Thread.")) {
        if (text.contains(banned)) {
          found.add(file + " has " + banned);
        }
      }
    }
    assertNone(found);
  }

  @Test
  void filesAndMethodsAreShort() throws IOException {
    List<String> found = new ArrayList<>();
    for (Path root : List.of(Path.of("src/main/java"), Path.of("src/test/java"))) {
      for (Path file : sources(root)) {
        List<String> lines = Files.readAllLines(file);
        if (lines.size() > 300) {
          found.add(file + " has " + lines.size() + " lines");
        }
        longMethods(file, lines, found);
      }
    }
    assertNone(found);
  }

  @Test
  void filesOfThePageAreShort() throws IOException {
    List<String> found = new ArrayList<>();
    try (Stream<Path> files = Files.list(Path.of("src/main/resources/web"))) {
      for (Path file : files.toList()) {
        long lines = Files.readAllLines(file).size();
        if (lines > 300) {
          found.add(file + " has " + lines + " lines");
        }
      }
    }
    assertNone(found);
  }

  private static final Pattern METHOD = Pattern.compile("^( {2}| {4}| {6})[\\w@<].*[)\\w] \\{$");
  private static final Pattern NO_METHOD =
      Pattern.compile(
          "^\\s*(public |private |static |final |abstract |sealed )*(class|interface|enum|record) .*");

  private static void longMethods(Path file, List<String> lines, List<String> found) {
    for (int at = 0; at < lines.size(); at++) {
      String line = lines.get(at);
      if (METHOD.matcher(line).matches()
          && !NO_METHOD.matcher(line).matches()
          && line.contains("(")) {
        String end = line.replaceAll("\\S.*", "") + "}";
        int to = at;
        while (to < lines.size() && !lines.get(to).equals(end)) {
          to++;
        }
        if (to - at > 50) {
          found.add(file + ":" + (at + 1) + " is a method of " + (to - at) + " lines");
        }
      }
    }
  }

  @Test
  void nobodySleepsOrReadsTheWallClock() throws IOException {
    List<String> found = new ArrayList<>();
    for (Path file : sources(Path.of("src"))) {
      if (file.endsWith("HouseTest.java") || file.toString().contains("bench")) {
        continue;
      }
      String text = Files.readString(file);
      if (text.contains("Thread.sleep")) {
        found.add(file + " sleeps");
      }
      if (text.contains("currentTimeMillis") && !file.endsWith("MonotonicClock.java")) {
        found.add(file + " reads the wall clock");
      }
    }
    assertNone(found);
  }

  @Test
  void everyRoomSaysWhatItIsFor() throws IOException {
    try (Stream<Path> rooms = Files.list(MAIN)) {
      for (Path room : rooms.toList()) {
        assertTrue(Files.exists(room.resolve("package-info.java")), room.toString());
      }
    }
  }
}
