package dev.aeon.spoke.validate.constraint;

import build.buf.validate.FieldRules;
import build.buf.validate.TimestampRules;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rules of types whose values have an order: numbers, durations, times. */
final class OrderRules {
  private static final List<String> COMPARISONS = List.of("const", "lt", "lte", "gt", "gte");
  private static final int TIMESTAMP = FieldRules.TIMESTAMP_FIELD_NUMBER;

  private final RuleSite site;
  private final int type;
  private final Message rules;

  private OrderRules(RuleSite site, int type, Message rules) {
    this.site = site;
    this.type = type;
    this.rules = rules;
  }

  static void check(RuleSite site, int type, Message rules) {
    OrderRules each = new OrderRules(site, type, rules);
    COMPARISONS.forEach(each::checkValue);
    if (each.valid("const") != null) {
      TypeRules.checkConst(site, type, rules);
    }
    each.checkBounds();
    each.checkNaNs("in", "can never match");
    each.checkNaNs("not_in", "has no effect");
  }

  private void checkValue(String name) {
    Object value = value(name);
    String problem = Times.problem(value);
    if (problem != null) {
      site.report(
          rule(name),
          "Field \"%s\" has an invalid %s: %s.",
          site.name(),
          site.rule(rule(name)),
          problem);
    }
    if (isNaN(value)) {
      site.report(
          rule(name),
          "Field \"%s\" has %s set to NaN. Comparisons with NaN are always false, so this rule can never be satisfied.",
          site.name(),
          site.rule(rule(name)));
    }
  }

  private void checkBounds() {
    String lower = valid("gte") == null ? "gt" : "gte";
    String upper = valid("lte") == null ? "lt" : "lte";
    if (!areEqual(valid(lower), valid(upper))) {
      return;
    }
    int[][] both = {rule(lower), rule(upper)};
    if (lower.equals("gte") && upper.equals("lte")) {
      site.reportAt(
          both,
          "Field \"%s\" has equal %s and %s, use %s.const instead.",
          site.name(),
          site.rule(both[0]),
          site.rule(both[1]),
          site.rule(type));
    } else {
      site.reportAt(
          both,
          "Field \"%s\" has equal %s and %s. All values are rejected by these checks.",
          site.name(),
          site.rule(both[0]),
          site.rule(both[1]));
    }
  }

  private void checkNaNs(String name, String effect) {
    FieldDescriptor field = rules.getDescriptorForType().findFieldByName(name);
    if (field == null) {
      return;
    }
    for (int i = 0; i < rules.getRepeatedFieldCount(field); i++) {
      if (isNaN(rules.getRepeatedField(field, i))) {
        site.report(
            new int[] {type, field.getNumber(), i},
            "Field \"%s\" has NaN in %s. Comparisons with NaN are always false, so this entry %s.",
            site.name(),
            site.rule(type, field.getNumber()),
            effect);
      }
    }
  }

  static void checkNow(RuleSite site, TimestampRules rules) {
    int[] before = {TIMESTAMP, TimestampRules.LT_NOW_FIELD_NUMBER};
    int[] after = {TIMESTAMP, TimestampRules.GT_NOW_FIELD_NUMBER};
    if (rules.getLtNow() && rules.getGtNow()) {
      site.reportAt(
          new int[][] {after, before},
          "Field \"%s\" has both %s and %s. A timestamp cannot be both before and after validation time.",
          site.name(),
          site.rule(after),
          site.rule(before));
    }
    if (rules.hasWithin()) {
      checkWithin(site, rules.getWithin());
    }
  }

  private static void checkWithin(RuleSite site, Duration within) {
    int[] rule = {TIMESTAMP, TimestampRules.WITHIN_FIELD_NUMBER};
    String problem = Times.problem(within);
    if (problem != null) {
      site.report(
          rule, "Field \"%s\" has an invalid %s: %s.", site.name(), site.rule(rule), problem);
    } else if (within.getSeconds() <= 0 && within.getNanos() <= 0) {
      site.report(
          rule,
          "Field \"%s\" must have a positive %s (%s).",
          site.name(),
          site.rule(rule),
          Times.text(within.getSeconds(), within.getNanos()));
    }
  }

  /** The value of a rule, unless it is not set or is no valid time. */
  private @Nullable Object valid(String name) {
    Object value = value(name);
    return Times.problem(value) == null ? value : null;
  }

  private @Nullable Object value(String name) {
    FieldDescriptor field = rules.getDescriptorForType().findFieldByName(name);
    return field != null && rules.hasField(field) ? rules.getField(field) : null;
  }

  private int[] rule(String name) {
    return new int[] {type, rules.getDescriptorForType().findFieldByName(name).getNumber()};
  }

  private static boolean isNaN(@Nullable Object value) {
    return (value instanceof Float f && f.isNaN()) || (value instanceof Double d && d.isNaN());
  }

  /** Equality of numbers: zeros of either sign are equal, and nothing is equal to NaN. */
  private static boolean areEqual(@Nullable Object first, @Nullable Object second) {
    if (first == null || second == null) {
      return false;
    }
    boolean isFloating = first instanceof Float || first instanceof Double;
    return isFloating
        ? ((Number) first).doubleValue() == ((Number) second).doubleValue()
        : first.equals(second);
  }

  /** What is wrong with durations and times. */
  private static final class Times {
    private static final long FIRST_SECOND = -62_135_596_800L;
    private static final long LAST_SECOND = 253_402_300_799L;
    private static final int SECOND = 1_000_000_000;
    private static final long MAX_SECONDS = 9_223_372_036L;
    private static final int MAX_NANOS = 854_775_428;

    static @Nullable String problem(@Nullable Object value) {
      return switch (value) {
        case Timestamp time -> problem(time);
        case Duration duration -> problem(duration);
        case null, default -> null;
      };
    }

    private static @Nullable String problem(Timestamp time) {
      String text = "proto: timestamp (" + text(time.getSeconds(), time.getNanos()) + ")";
      if (time.getSeconds() < FIRST_SECOND) {
        return text + " before 0001-01-01";
      }
      if (time.getSeconds() > LAST_SECOND) {
        return text + " after 9999-12-31";
      }
      return time.getNanos() < 0 || time.getNanos() >= SECOND
          ? text + " has out-of-range nanos"
          : null;
    }

    private static @Nullable String problem(Duration duration) {
      long seconds = duration.getSeconds();
      int nanos = duration.getNanos();
      String text = "duration (" + text(seconds, nanos) + ")";
      if (nanos <= -SECOND || nanos >= SECOND) {
        return text + " must have nanos in the range 0 to 999999999";
      }
      if ((seconds > 0 && nanos < 0) || (seconds < 0 && nanos > 0)) {
        return text + " has seconds and nanos with different signs";
      }
      boolean isTooLong =
          Math.abs(seconds) > MAX_SECONDS
              || (Math.abs(seconds) == MAX_SECONDS && Math.abs(nanos) > MAX_NANOS);
      return isTooLong
          ? "%s must be in the range %s to %s"
              .formatted(text, text(-MAX_SECONDS, -MAX_NANOS), text(MAX_SECONDS, MAX_NANOS))
          : null;
    }

    static String text(long seconds, int nanos) {
      String ofSeconds = seconds == 0 ? "" : "seconds:" + seconds;
      String ofNanos = nanos == 0 ? "" : "nanos:" + nanos;
      return (ofSeconds + " " + ofNanos).strip();
    }
  }
}
