package dev.aeon.apm.compatibility;

import dev.aeon.apm.compatibility.Finding.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What changed between two versions of a protocol's JSON Schemas, judged as section 5.2 does: new
 * types, optional fields and values may come; nothing that was legal may become illegal, and no
 * type may go. Stateless.
 */
public final class SchemaCheck {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();

  private SchemaCheck() {}

  /**
   * Compares schemas, each a JSON text by its name, such as {@code JsonSchemas.read} gives.
   *
   * @throws IllegalArgumentException where a text is not JSON
   */
  public static CompatibilityReport compare(Map<String, String> before, Map<String, String> after) {
    List<Finding> findings = new ArrayList<>();
    before.forEach((name, text) -> {
      String present = after.get(name);
      if (present == null) {
        findings.add(new Finding(Level.BLOCKER, name, "the type is gone"));
      } else {
        new SchemaComparison(findings).compare(name, parse(name, text), parse(name, present));
      }
    });
    after.keySet().stream()
        .filter(name -> !before.containsKey(name))
        .forEach(name -> findings.add(new Finding(Level.NOTE, name, "a new type")));
    return new CompatibilityReport(findings);
  }

  /** By how much the version must grow for what {@link #compare} found. */
  public static Change changeOf(CompatibilityReport report) {
    if (!report.isCompatible()) {
      return Change.MAJOR;
    }
    return report.findings().isEmpty() ? Change.PATCH : Change.MINOR;
  }

  private static JsonNode parse(String name, String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JacksonException e) {
      throw new IllegalArgumentException("not JSON: schema=" + name, e);
    }
  }
}
