package dev.weir.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads Prometheus' text format (0.0.4), and takes nothing that a strict reader would not: each
 * family is described before its samples and once, each series stands once, names and units follow
 * the conventions, buckets add up.
 */
final class Exposition {
  private static final Pattern HELP = Pattern.compile("# HELP ([a-z][a-z0-9_]*) (\\S.*)");
  private static final Pattern TYPE =
      Pattern.compile("# TYPE ([a-z][a-z0-9_]*) (gauge|counter|histogram|summary)");
  private static final Pattern SAMPLE =
      Pattern.compile("([a-z][a-z0-9_]*)(?:\\{(.*)\\})? (NaN|[+-]Inf|-?[0-9.]+(?:E-?[0-9]+)?)");
  private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"([^\"\\\\\n]*)\"(?:,|$)");
  private static final Pattern WRONG_UNIT =
      Pattern.compile(".*_(ms|millis|milliseconds|micros|us|nanos|minutes|kb|mb|percent)(_.*)?");

  private final Map<String, String> types = new HashMap<>();
  private final Map<String, Double> samples = new LinkedHashMap<>();

  Exposition(String text) {
    assertTrue(text.endsWith("\n"), "the last line ends");
    String family = null;
    String helped = null;
    for (String line : text.split("\n")) {
      Matcher help = HELP.matcher(line);
      Matcher type = TYPE.matcher(line);
      if (help.matches()) {
        helped = help.group(1);
      } else if (type.matches()) {
        family = type.group(1);
        assertEquals(family, helped, "described before its type: " + line);
        assertTrue(!WRONG_UNIT.matcher(family).matches(), "no base unit: " + line);
        assertEquals(null, types.put(family, type.group(2)), "described once: " + line);
        assertEquals(type.group(2).equals("counter"), family.endsWith("_total"), "_total: " + line);
      } else {
        sample(line, family);
      }
    }
    samples.keySet().forEach(series -> assertTrue(!series.contains("99999"), series));
    samples.keySet().stream().filter(name -> name.contains("le=\"+Inf\"")).forEach(this::addsUp);
  }

  private void sample(String line, String family) {
    Matcher sample = SAMPLE.matcher(line);
    assertTrue(sample.matches(), "no sample: " + line);
    String name = sample.group(1);
    List<String> suffixes =
        switch (types.get(family)) {
          case "histogram" -> List.of("_bucket", "_sum", "_count");
          case "summary" -> List.of("", "_sum", "_count");
          default -> List.of("");
        };
    assertTrue(
        suffixes.stream().anyMatch(suffix -> name.equals(family + suffix)),
        "a sample of another family: " + line);
    if (sample.group(2) != null) {
      assertEquals("", LABEL.matcher(sample.group(2)).replaceAll(""), "labels: " + line);
    }
    String series = name + (sample.group(2) == null ? "" : "{" + sample.group(2) + "}");
    double value =
        Double.parseDouble(sample.group(3).replace("+Inf", "Infinity").replace("-Inf", "-1"));
    assertEquals(null, samples.put(series, value), "stands once: " + line);
  }

  /** Buckets never fall, and the last one is the count. */
  private void addsUp(String infinite) {
    String head = infinite.substring(0, infinite.indexOf("le=\"+Inf\""));
    double before = 0;
    double boundBefore = Double.NEGATIVE_INFINITY;
    for (Map.Entry<String, Double> bucket : samples.entrySet()) {
      if (bucket.getKey().startsWith(head + "le=")) {
        String bound = bucket.getKey().replaceAll(".*le=\"([^\"]*)\".*", "$1");
        double upTo = Double.parseDouble(bound.replace("+Inf", "Infinity"));
        assertTrue(bucket.getValue() >= before && upTo > boundBefore, bucket.getKey());
        before = bucket.getValue();
        boundBefore = upTo;
      }
    }
    String count =
        head.replace("_bucket{", "_count{").replaceAll(",$", "").replaceAll("\\{$", "")
            + (head.endsWith("{") ? "" : "}");
    assertEquals(before, value(count), infinite);
  }

  /** The value of a series, written as it stands in the text. */
  double value(String series) {
    Double value = samples.get(series);
    assertNotNull(value, () -> series + " is not among " + samples.keySet());
    return value;
  }

  boolean has(String series) {
    return samples.containsKey(series);
  }

  Map<String, String> types() {
    return types;
  }
}
