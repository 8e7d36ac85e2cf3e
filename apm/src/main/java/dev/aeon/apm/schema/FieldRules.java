package dev.aeon.apm.schema;

import static dev.aeon.apm.schema.ErrorCode.E_VALIDATION_002;
import static dev.aeon.apm.schema.ErrorCode.E_VALIDATION_003;
import static dev.aeon.apm.schema.ErrorCode.E_VALIDATION_004;

import java.util.Arrays;
import java.util.function.Predicate;

/** The rules that fields are made of. */
public final class FieldRules {
  private static final int QUOTED_LENGTH = 80;

  private FieldRules() {}

  /** A string with at least one character. */
  public static FieldRule text() {
    return (json, entry, violations) -> {
      if (isString(json, entry, violations) && json.start(entry) == json.end(entry)) {
        violations.add(E_VALIDATION_004, "must not be empty");
      }
    };
  }

  /** A string that may be empty. */
  public static FieldRule string() {
    return (json, entry, violations) -> isString(json, entry, violations);
  }

  /** A string for which {@code grammar} holds, else {@code code}; it takes ASCII alone. */
  public static FieldRule ascii(ErrorCode code, String expected, Predicate<CharSequence> grammar) {
    return (json, entry, violations) -> {
      if (isString(json, entry, violations) && !grammar.test(json.ascii(entry))) {
        violations.add(code, "must be " + expected + ": value=" + quote(json, entry));
      }
    };
  }

  /** A string of one to {@code maxLength} characters, else {@code code}. */
  public static FieldRule text(ErrorCode code, int maxLength) {
    return (json, entry, violations) -> {
      if (isString(json, entry, violations) && !isOfLength(json, entry, maxLength)) {
        violations.add(
            code, "must be 1 to " + maxLength + " characters: value=" + quote(json, entry));
      }
    };
  }

  private static boolean isOfLength(JsonIndex json, int entry, int maxLength) {
    int byteCount = json.end(entry) - json.start(entry);
    if (byteCount <= maxLength) {
      return byteCount > 0; // no character takes less than a byte
    }
    String text = json.string(entry);
    return text.codePointCount(0, text.length()) <= maxLength;
  }

  /** An RFC 3339 time in UTC. */
  public static FieldRule timestamp() {
    return ascii(ErrorCode.E_VALIDATION_007, "an RFC 3339 time in UTC", Timestamps::isLegal);
  }

  /** One of an enum's wire names. */
  public static <E extends Enum<E> & WireNamed> FieldRule oneOf(Class<E> type) {
    String[] names = names(type);
    return (json, entry, violations) -> {
      if (isString(json, entry, violations) && !isOneOf(json, entry, names)) {
        violations.add(
            E_VALIDATION_003,
            "must be one of " + String.join(", ", names) + ": value=" + quote(json, entry));
      }
    };
  }

  /** {@code special} for the string {@code text}, {@code otherwise} for every other value. */
  public static FieldRule either(String text, FieldRule special, FieldRule otherwise) {
    return (json, entry, violations) -> {
      boolean isText = json.isString(entry) && json.textEquals(entry, text);
      (isText ? special : otherwise).check(json, entry, violations);
    };
  }

  /** One of an enum's wire names, or any string where the message's minor version is newer. */
  public static <E extends Enum<E> & WireNamed> FieldRule openOneOf(Class<E> type) {
    FieldRule closed = oneOf(type);
    FieldRule open = text();
    return (json, entry, violations) ->
        (violations.isNewerMinor() ? open : closed).check(json, entry, violations);
  }

  public static FieldRule bool() {
    return (json, entry, violations) -> {
      if (!json.isBoolean(entry)) {
        addWrongType("boolean", json, entry, violations);
      }
    };
  }

  /** A number from {@code min} to {@code max}, both included. */
  public static FieldRule number(long min, long max) {
    return (json, entry, violations) -> {
      if (!json.isNumber(entry)) {
        addWrongType("number", json, entry, violations);
      } else if (!json.isWithin(entry, min, max)) {
        violations.add(E_VALIDATION_004, outside(json, entry, min, max));
      }
    };
  }

  /** A whole number from {@code min} to {@code max}, both included. */
  public static FieldRule integer(long min, long max) {
    return (json, entry, violations) -> {
      if (!json.isNumber(entry)) {
        addWrongType("number", json, entry, violations);
      } else if (!json.isLong(entry)) {
        violations.add(E_VALIDATION_004, "must be whole: value=" + quote(json, entry));
      } else if (json.longValue(entry) < min || json.longValue(entry) > max) {
        violations.add(E_VALIDATION_004, outside(json, entry, min, max));
      }
    };
  }

  /** Any object. */
  public static FieldRule object() {
    return (json, entry, violations) -> {
      if (!json.isObject(entry)) {
        addWrongType("object", json, entry, violations);
      }
    };
  }

  /** An object that keeps to {@code schema}. */
  public static FieldRule object(FieldRule schema) {
    return (json, entry, violations) -> {
      if (json.isObject(entry)) {
        schema.check(json, entry, violations);
      } else {
        addWrongType("object", json, entry, violations);
      }
    };
  }

  /** An array whose every element keeps to {@code element}. */
  public static FieldRule list(FieldRule element) {
    return (json, entry, violations) -> {
      if (!json.isArray(entry)) {
        addWrongType("array", json, entry, violations);
        return;
      }
      int index = 0;
      for (int each = entry + 1; each < json.next(entry); each = json.next(each)) {
        violations.enter(index++);
        element.check(json, each, violations);
        violations.leave();
      }
    };
  }

  private static boolean isString(JsonIndex json, int entry, Violations violations) {
    if (!json.isString(entry)) {
      addWrongType("string", json, entry, violations);
      return false;
    }
    return true;
  }

  private static boolean isOneOf(JsonIndex json, int entry, String[] names) {
    for (String name : names) {
      if (json.textEquals(entry, name)) {
        return true;
      }
    }
    return false;
  }

  private static void addWrongType(
      String expected, JsonIndex json, int entry, Violations violations) {
    violations.add(
        E_VALIDATION_002, "wrong type: expected=" + expected + " actual=" + json.kindName(entry));
  }

  private static String outside(JsonIndex json, int entry, long min, long max) {
    return "out of range: value=" + quote(json, entry) + " min=" + min + " max=" + max;
  }

  private static String quote(JsonIndex json, int entry) {
    String text = json.raw(entry);
    return text.length() <= QUOTED_LENGTH ? text : text.substring(0, QUOTED_LENGTH) + "…";
  }

  private static <E extends Enum<E> & WireNamed> String[] names(Class<E> type) {
    return Arrays.stream(type.getEnumConstants()).map(WireNamed::wireName).toArray(String[]::new);
  }
}
