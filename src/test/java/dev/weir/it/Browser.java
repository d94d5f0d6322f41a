package dev.weir.it;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.ScriptTimeoutException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** The Chromium that is installed on this machine, with what it logs and whom it asks. */
final class Browser implements AutoCloseable {
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final List<String> FLAGS =
      List.of(
          "--headless",
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          "--disable-dev-shm-usage",
          "--hide-scrollbars");

  /** What the conditions given to {@link #await} may use. */
  private static final String WORDS =
      "const all = (css) => [...document.querySelectorAll(css)];"
          + "const one = (css) => document.querySelector(css);"
          + "const text = (css) => one(css)?.textContent ?? '';"
          + "const shown = (css) => one(css)?.checkVisibility() ?? false;"
          + "const state = () => document.body.dataset.connection;";

  private final ChromeDriver driver;

  Browser(Path profile) {
    Logger.getLogger("org.openqa.selenium").setLevel(Level.SEVERE);
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    logs.enable(LogType.PERFORMANCE, Level.ALL);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(chromium().toString());
    options.addArguments(FLAGS);
    options.addArguments("--user-data-dir=" + profile);
    options.setCapability("goog:loggingPrefs", logs);
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(chromedriver().toFile())
            .usingAnyFreePort()
            .build();
    driver = new ChromeDriver(service, options);
    driver.manage().timeouts().scriptTimeout(PATIENCE).pageLoadTimeout(PATIENCE);
  }

  /** Whether a browser and its driver are installed; nothing is ever downloaded. */
  static boolean isInstalled() {
    return chromium() != null && chromedriver() != null;
  }

  private static Path chromium() {
    return find("chromium", "chromium-browser", "google-chrome");
  }

  private static Path chromedriver() {
    return find("chromedriver");
  }

  private static Path find(String... names) {
    List<String> places = List.of(System.getenv("PATH").split(":"));
    return Stream.of(names)
        .flatMap(name -> places.stream().map(place -> Path.of(place, name)))
        .filter(Files::isExecutable)
        .findFirst()
        .orElse(null);
  }

  void open(String address) {
    driver.get("about:blank");
    driver.get(address);
  }

  void size(int width, int height) {
    boolean isPhone = width < 600;
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", isPhone));
  }

  void scheme(String lightOrDark) {
    Map<String, Object> feature = Map.of("name", "prefers-color-scheme", "value", lightOrDark);
    driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features", List.of(feature)));
  }

  /** Waits in the page until this expression is true. */
  void await(String condition) {
    String script =
        WORDS
            + "const done = arguments[arguments.length - 1];"
            + "const look = () => { if ("
            + condition
            + ") done(true); else setTimeout(look, 30); };"
            + "look();";
    try {
      driver.executeAsyncScript(script);
    } catch (ScriptTimeoutException e) {
      throw new AssertionError("in vain waited for: " + condition + seen(), e);
    }
  }

  private String seen() {
    return "\nthe page:\n" + value("document.body.innerText") + "\nlogged:\n" + logged();
  }

  Object value(String expression) {
    return driver.executeScript(WORDS + "return (" + expression + ");");
  }

  String text(String css) {
    return (String) value("text('" + css + "')");
  }

  void click(String css) {
    await("shown('" + css + "')");
    element(css).click();
  }

  /** Replaces what a field holds, key by key as a person does. */
  void fill(String css, String text) {
    await("shown('" + css + "')");
    WebElement field = element(css);
    if (field.getTagName().equals("select")) {
      field.sendKeys(text);
    } else {
      field.sendKeys(Keys.chord(Keys.CONTROL, "a"), text.isEmpty() ? Keys.DELETE : text);
    }
  }

  /** Keys for whatever has the focus. */
  void press(CharSequence... keys) {
    driver.switchTo().activeElement().sendKeys(keys);
  }

  private WebElement element(String css) {
    return driver.findElement(By.cssSelector(css));
  }

  /** Kept as test output. */
  void screenshot(String name) throws IOException {
    Files.createDirectories(SCREENSHOTS);
    Map<String, Object> shot =
        driver.executeCdpCommand("Page.captureScreenshot", Map.of("captureBeyondViewport", true));
    byte[] png = java.util.Base64.getDecoder().decode((String) shot.get("data"));
    Files.write(SCREENSHOTS.resolve(name + ".png"), png);
  }

  /** What the console said since this was asked last. */
  List<String> logged() {
    List<String> lines = new ArrayList<>();
    for (LogEntry entry : driver.manage().logs().get(LogType.BROWSER)) {
      lines.add(entry.getLevel() + " " + entry.getMessage());
    }
    return lines;
  }

  /** Requests and web sockets to anybody but these origins since this was asked last. */
  List<String> askedBeside(String... origins) {
    return asked().stream()
        .filter(address -> address.startsWith("http") || address.startsWith("ws"))
        .map(address -> address.replaceFirst("^ws:", "http:"))
        .filter(address -> Stream.of(origins).noneMatch(own -> address.startsWith(own + "/")))
        .toList();
  }

  private List<String> asked() {
    List<String> addresses = new ArrayList<>();
    for (LogEntry entry : driver.manage().logs().get(LogType.PERFORMANCE)) {
      JsonObject message = new JsonObject(entry.getMessage()).getJsonObject("message");
      JsonObject params = message.getJsonObject("params");
      switch (message.getString("method")) {
        case "Network.requestWillBeSent" ->
            addresses.add(params.getJsonObject("request").getString("url"));
        case "Network.webSocketCreated" -> addresses.add(params.getString("url"));
        default -> {}
      }
    }
    return addresses;
  }

  @Override
  public void close() {
    driver.quit();
  }
}
