package dev.aeon.spoke.validate.constraint;

import build.buf.validate.FieldRules;
import build.buf.validate.MapRules;
import build.buf.validate.RepeatedRules;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;

/** The rules of repeated fields and of maps, and those of what is in them. */
final class CollectionRules {
  private static final int REPEATED = FieldRules.REPEATED_FIELD_NUMBER;
  private static final int MAP = FieldRules.MAP_FIELD_NUMBER;
  private static final int[] REQUIRED = {FieldRules.REQUIRED_FIELD_NUMBER};

  private CollectionRules() {}

  static void checkRepeated(
      RuleSite site, RepeatedRules rules, FieldDescriptor field, FieldConstraints constraints) {
    if (!field.isRepeated() || field.isMapField()) {
      site.report(
          new int[] {REPEATED},
          "Field \"%s\" is not repeated but has %s rules.",
          site.name(),
          site.rule(REPEATED));
      return;
    }
    checkUnique(site, rules, field);
    LengthRules.checkRange(site, rules, REPEATED, "min_items", "max_items");
    if (rules.hasItems()) {
      int[] items = {REPEATED, RepeatedRules.ITEMS_FIELD_NUMBER};
      refuseRequired(
          site.inside(items),
          rules.getItems(),
          "repeated item",
          "individual items in a repeated field");
      constraints.checkItems(rules.getItems(), items);
    }
  }

  private static void checkUnique(RuleSite site, RepeatedRules rules, FieldDescriptor field) {
    int[] unique = {REPEATED, RepeatedRules.UNIQUE_FIELD_NUMBER};
    boolean isOther =
        field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
            && !TypeRules.isWrapper(field.getMessageType());
    if (rules.getUnique() && isOther) {
      site.report(
          unique,
          "Field \"%s\" is of type %s but has %s set to true, which is only allowed for scalar types and wrapper types.",
          site.name(),
          site.typeName(),
          site.rule(unique));
    }
  }

  static void checkMap(
      RuleSite site, MapRules rules, FieldDescriptor field, FieldConstraints constraints) {
    if (!field.isMapField()) {
      site.report(
          new int[] {MAP}, "Field \"%s\" is not a map but has %s.", site.name(), site.rule(MAP));
      return;
    }
    LengthRules.checkRange(site, rules, MAP, "min_pairs", "max_pairs");
    Descriptor entry = field.getMessageType();
    if (rules.hasKeys()) {
      int[] keys = {MAP, MapRules.KEYS_FIELD_NUMBER};
      refuseRequired(site.inside(keys), rules.getKeys(), "map key", "map keys");
      constraints.checkEntries(rules.getKeys(), entry.getFields().get(0), keys);
    }
    if (rules.hasValues()) {
      int[] values = {MAP, MapRules.VALUES_FIELD_NUMBER};
      refuseRequired(site.inside(values), rules.getValues(), "map value", "map values");
      constraints.checkEntries(rules.getValues(), entry.getFields().get(1), values);
    }
  }

  private static void refuseRequired(RuleSite site, FieldRules rules, String one, String all) {
    if (rules.getRequired()) {
      site.report(
          REQUIRED,
          "Field \"%s\" has %s on %s rules, which is unenforceable. The %s constraint cannot be applied to %s.",
          site.name(),
          site.rule(REQUIRED),
          one,
          site.rule(REQUIRED),
          all);
    }
  }
}
