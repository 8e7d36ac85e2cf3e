package dev.aeon.apm.schema;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The fields that an object must and may have. Fields it does not name are legal and left alone.
 * Immutable.
 */
public final class Schema implements FieldRule {
  private final Map<String, FieldRule> required = new LinkedHashMap<>();
  private final Map<String, FieldRule> optional = new LinkedHashMap<>();

  private Schema(Schema base) {
    required.putAll(base.required);
    optional.putAll(base.optional);
  }

  private Schema() {}

  public static Schema empty() {
    return new Schema();
  }

  /** This schema and a field that must be there. */
  public Schema required(String name, FieldRule rule) {
    Schema wider = new Schema(this);
    wider.required.put(name, rule);
    return wider;
  }

  /** This schema and a field that may be absent or null. */
  public Schema optional(String name, FieldRule rule) {
    Schema wider = new Schema(this);
    wider.optional.put(name, rule);
    return wider;
  }

  /** Checks the fields of {@code object}, adding what is wrong with paths below {@code path}. */
  public void check(JsonObject object, String path, Violations violations) {
    check(object.node(), path, violations);
  }

  @Override
  public void check(JsonNode object, String path, Violations violations) {
    required.forEach(
        (name, rule) -> checkRequired(object.get(name), join(path, name), rule, violations));
    optional.forEach(
        (name, rule) -> checkOptional(object.get(name), join(path, name), rule, violations));
  }

  private static void checkRequired(
      @Nullable JsonNode value, String path, FieldRule rule, Violations violations) {
    if (value == null) {
      violations.add(ErrorCode.E_VALIDATION_001, path, "missing");
    } else {
      rule.check(value, path, violations);
    }
  }

  private static void checkOptional(
      @Nullable JsonNode value, String path, FieldRule rule, Violations violations) {
    if (value != null && !value.isNull()) {
      rule.check(value, path, violations);
    }
  }

  private static String join(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }
}
