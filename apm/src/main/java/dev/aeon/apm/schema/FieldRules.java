package dev.aeon.apm.schema;

import static dev.aeon.apm.schema.ErrorCode.E_VALIDATION_002;
import static dev.aeon.apm.schema.ErrorCode.E_VALIDATION_003;
import static dev.aeon.apm.schema.ErrorCode.E_VALIDATION_004;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** The rules that fields are made of. */
public final class FieldRules {
  private static final int QUOTED_LENGTH = 80;

  private FieldRules() {}

  /** A string with at least one character. */
  public static FieldRule text() {
    return typed(
        "string",
        JsonNode::isString,
        (value, path, violations) -> {
          if (value.stringValue().isEmpty()) {
            violations.add(E_VALIDATION_004, path, "must not be empty");
          }
        });
  }

  /** A string that may be empty. */
  public static FieldRule string() {
    return typed("string", JsonNode::isString, (value, path, violations) -> {});
  }

  /** A string for which {@code grammar} holds, else {@code code}. */
  public static FieldRule text(ErrorCode code, String expected, Predicate<String> grammar) {
    return typed(
        "string",
        JsonNode::isString,
        (value, path, violations) -> {
          if (!grammar.test(value.stringValue())) {
            violations.add(code, path, "must be " + expected + ": value=" + quote(value));
          }
        });
  }

  /** An RFC 3339 time in UTC. */
  public static FieldRule timestamp() {
    return text(
        ErrorCode.E_VALIDATION_007,
        "an RFC 3339 time in UTC",
        text -> Timestamps.parse(text).isPresent());
  }

  /** One of an enum's wire names. */
  public static <E extends Enum<E> & WireNamed> FieldRule oneOf(Class<E> type) {
    return text(
        E_VALIDATION_003, "one of " + names(type), text -> WireNamed.parse(type, text).isPresent());
  }

  /** One of an enum's wire names, or any string where the message's minor version is newer. */
  public static <E extends Enum<E> & WireNamed> FieldRule openOneOf(Class<E> type) {
    FieldRule closed = oneOf(type);
    return (value, path, violations) ->
        (violations.isNewerMinor() ? text() : closed).check(value, path, violations);
  }

  public static FieldRule bool() {
    return typed("boolean", JsonNode::isBoolean, (value, path, violations) -> {});
  }

  /** A number from {@code min} to {@code max}, both included. */
  public static FieldRule number(long min, long max) {
    return typed(
        "number",
        JsonNode::isNumber,
        (value, path, violations) -> {
          if (!Numbers.isWithin(value, min, max)) {
            violations.add(E_VALIDATION_004, path, outside(value, min, max));
          }
        });
  }

  /** A whole number from {@code min} to {@code max}, both included. */
  public static FieldRule integer(long min, long max) {
    return typed(
        "number",
        JsonNode::isNumber,
        (value, path, violations) -> {
          if (!Numbers.isLong(value)) {
            violations.add(E_VALIDATION_004, path, "must be whole: value=" + quote(value));
          } else if (!Numbers.isWithin(value, min, max)) {
            violations.add(E_VALIDATION_004, path, outside(value, min, max));
          }
        });
  }

  /** Any object. */
  public static FieldRule object() {
    return typed("object", JsonNode::isObject, (value, path, violations) -> {});
  }

  /** An object that keeps to {@code schema}. */
  public static FieldRule object(Schema schema) {
    return typed("object", JsonNode::isObject, schema);
  }

  /** An array whose every element keeps to {@code element}. */
  public static FieldRule list(FieldRule element) {
    return typed(
        "array",
        JsonNode::isArray,
        (value, path, violations) -> {
          for (int index = 0; index < value.size(); index++) {
            element.check(value.get(index), path + "[" + index + "]", violations);
          }
        });
  }

  private static FieldRule typed(String expected, Predicate<JsonNode> isType, FieldRule next) {
    return (value, path, violations) -> {
      if (isType.test(value)) {
        next.check(value, path, violations);
      } else {
        String actual = value.getNodeType().name().toLowerCase(Locale.ROOT);
        violations.add(
            E_VALIDATION_002, path, "wrong type: expected=" + expected + " actual=" + actual);
      }
    };
  }

  private static String outside(JsonNode value, long min, long max) {
    return "out of range: value=" + quote(value) + " min=" + min + " max=" + max;
  }

  private static String quote(JsonNode value) {
    String text = value.toString();
    return text.length() <= QUOTED_LENGTH ? text : text.substring(0, QUOTED_LENGTH) + "…";
  }

  private static <E extends Enum<E> & WireNamed> String names(Class<E> type) {
    return Arrays.stream(type.getEnumConstants())
        .map(WireNamed::wireName)
        .collect(Collectors.joining(", "));
  }
}
