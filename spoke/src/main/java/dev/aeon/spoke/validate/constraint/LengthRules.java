package dev.aeon.spoke.validate.constraint;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.OptionalLong;

/** Rules on how long something is; lengths are unsigned. */
final class LengthRules {
  private LengthRules() {}

  /** Checks that the least is not more than the most. */
  static void checkRange(RuleSite site, Message rules, int type, String least, String most) {
    OptionalLong min = value(rules, least);
    OptionalLong max = value(rules, most);
    if (min.isEmpty() || max.isEmpty() || compare(min, max) <= 0) {
      return;
    }
    int[] minRule = rule(rules, type, least);
    int[] maxRule = rule(rules, type, most);
    String format = "Field \"%s\" has value %s for %s, which must be %s than value %s for %s.";
    site.report(
        minRule,
        format,
        site.name(),
        text(min),
        site.rule(minRule),
        "lower",
        text(max),
        site.rule(maxRule));
    site.report(
        maxRule,
        format,
        site.name(),
        text(max),
        site.rule(maxRule),
        "higher",
        text(min),
        site.rule(minRule));
  }

  /** Checks an exact length with the least and the most beside it. */
  static void check(
      RuleSite site, Message rules, int type, String exact, String least, String most) {
    if (value(rules, exact).isPresent()) {
      refuseBeside(site, rules, type, exact, least);
      refuseBeside(site, rules, type, exact, most);
    }
    checkRange(site, rules, type, least, most);
    OptionalLong min = value(rules, least);
    if (min.isPresent() && min.equals(value(rules, most))) {
      int[] minRule = rule(rules, type, least);
      site.reportAt(
          new int[][] {minRule, rule(rules, type, most)},
          "Field \"%s\" has equal %s and %s, use %s.%s instead.",
          site.name(),
          site.rule(minRule),
          most,
          site.rule(type),
          exact);
    }
  }

  private static void refuseBeside(
      RuleSite site, Message rules, int type, String exact, String other) {
    if (value(rules, other).isPresent()) {
      int[] otherRule = rule(rules, type, other);
      site.report(
          otherRule,
          "Field \"%s\" has %s and therefore, %s is redundant and should be removed.",
          site.name(),
          site.rule(rule(rules, type, exact)),
          site.rule(otherRule));
    }
  }

  private static int compare(OptionalLong first, OptionalLong second) {
    return Long.compareUnsigned(first.getAsLong(), second.getAsLong());
  }

  private static String text(OptionalLong value) {
    return Long.toUnsignedString(value.getAsLong());
  }

  private static OptionalLong value(Message rules, String name) {
    FieldDescriptor field = rules.getDescriptorForType().findFieldByName(name);
    return field != null && rules.hasField(field)
        ? OptionalLong.of((Long) rules.getField(field))
        : OptionalLong.empty();
  }

  private static int[] rule(Message rules, int type, String name) {
    return new int[] {type, rules.getDescriptorForType().findFieldByName(name).getNumber()};
  }
}
