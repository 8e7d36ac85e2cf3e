package dev.aeon.spoke.validate.constraint;

import build.buf.validate.FieldRules;
import build.buf.validate.Ignore;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.aeon.spoke.validate.image.FieldElement;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The constraints on a field, on its items, or on its keys or values. */
final class FieldConstraints {
  private static final int IGNORE = FieldRules.IGNORE_FIELD_NUMBER;
  private static final int REQUIRED = FieldRules.REQUIRED_FIELD_NUMBER;

  private final RuleSite site;
  private final FieldRules rules;
  private final FieldDescriptor descriptor;
  private final @Nullable FieldDescriptor map;
  private final DescriptorLinker linker;

  private FieldConstraints(
      RuleSite site,
      FieldRules rules,
      FieldDescriptor descriptor,
      @Nullable FieldDescriptor map,
      DescriptorLinker linker) {
    this.site = site;
    this.rules = rules;
    this.descriptor = descriptor;
    this.map = map;
    this.linker = linker;
  }

  static void check(FieldElement field, DescriptorLinker linker, Problems problems) {
    ConstraintOptions.of(field)
        .ifPresent(rules -> {
          FieldDescriptor descriptor = linker.field(field);
          RuleSite site = new RuleSite(field, TypeRules.typeName(descriptor), new int[0], problems);
          new FieldConstraints(site, rules, descriptor, null, linker)
              .check(!descriptor.isRepeated());
        });
  }

  /** Checks the rules of each item of the field. */
  void checkItems(FieldRules items, int... rule) {
    new FieldConstraints(site.inside(rule), items, descriptor, null, linker).check(true);
  }

  /** Checks the rules of the keys or the values of the map that the field is. */
  void checkEntries(FieldRules entries, FieldDescriptor keyOrValue, int... rule) {
    new FieldConstraints(site.inside(rule), entries, keyOrValue, descriptor, linker).check(true);
  }

  private void check(boolean isOfOne) {
    checkExtension();
    checkFlags();
    checkExpressions(isOfOne);
    FieldDescriptor type = rules.getOneofFieldDescriptor(TypeRules.TYPE);
    if (type == null) {
      return;
    }
    switch (type.getNumber()) {
      case FieldRules.MAP_FIELD_NUMBER ->
          CollectionRules.checkMap(site, rules.getMap(), descriptor, this);
      case FieldRules.REPEATED_FIELD_NUMBER ->
          CollectionRules.checkRepeated(site, rules.getRepeated(), descriptor, this);
      default -> checkType(type, isOfOne);
    }
  }

  private void checkType(FieldDescriptor type, boolean isOfOne) {
    int number = type.getNumber();
    if (!isOfOne || !TypeRules.fit(number, descriptor)) {
      site.report(
          new int[] {number},
          "Field \"%s\" is of type %s%s but has %s rules.",
          site.name(),
          isOfOne ? "" : "repeated ",
          site.typeName(),
          site.rule(number));
      return;
    }
    Message typeRules = (Message) rules.getField(type);
    new ExampleValues(site, rules, descriptor, map, linker).check(type, typeRules);
    TypeRules.check(site, number, typeRules);
  }

  private void checkExtension() {
    if (descriptor.isExtension() && rules.getRequired()) {
      site.report(
          new int[] {REQUIRED},
          "Field \"%s\" is an extension field and cannot have %s.",
          site.name(),
          site.rule(REQUIRED));
    }
    if (descriptor.isExtension() && rules.getIgnore() == Ignore.IGNORE_IF_ZERO_VALUE) {
      site.report(
          new int[] {IGNORE},
          "Field \"%s\" is an extension field and cannot have %s=%s.",
          site.name(),
          site.rule(IGNORE),
          Ignore.IGNORE_IF_ZERO_VALUE);
    }
  }

  private void checkFlags() {
    var oneof = descriptor.getRealContainingOneof();
    if (oneof != null && rules.getRequired()) {
      site.report(
          new int[] {REQUIRED},
          "Field \"%s\" has %s but is in a oneof (%s). Oneof fields must not have %s.",
          site.name(),
          site.rule(REQUIRED),
          oneof.getName(),
          site.rule(REQUIRED));
    }
    if (rules.getIgnore() == Ignore.IGNORE_ALWAYS && rules.getAllFields().size() > 1) {
      site.report(
          new int[] {IGNORE},
          "Field \"%s\" has %s=%s and therefore other rules in %s are not applied and should be removed.",
          site.name(),
          site.rule(IGNORE),
          Ignore.IGNORE_ALWAYS,
          site.rule());
    }
    if (rules.getIgnore() == Ignore.IGNORE_IF_ZERO_VALUE) {
      checkIgnoredZero();
    }
  }

  private void checkIgnoredZero() {
    if (rules.getRequired()) {
      site.reportAt(
          new int[][] {{REQUIRED}, {IGNORE}},
          "Field \"%s\" has both %s and %s=%s. A field cannot be empty if it is required.",
          site.name(),
          site.rule(REQUIRED),
          site.rule(IGNORE),
          Ignore.IGNORE_IF_ZERO_VALUE);
    }
    if (descriptor.hasPresence() && !descriptor.isExtension()) {
      site.report(
          new int[] {IGNORE},
          "Field \"%s\" has %s=%s and tracks presence. This is the same as the default and the ignore option can be removed.",
          site.name(),
          site.rule(IGNORE),
          Ignore.IGNORE_IF_ZERO_VALUE);
    }
  }

  private void checkExpressions(boolean isOfOne) {
    int cel = FieldRules.CEL_FIELD_NUMBER;
    int expression = FieldRules.CEL_EXPRESSION_FIELD_NUMBER;
    if (rules.getCelCount() > 0) {
      expressions(site.rule(cel), isOfOne)
          .checkRules(
              rules.getCelList(), (index, text) -> site.report(new int[] {cel, index}, "%s", text));
    }
    if (rules.getCelExpressionCount() > 0) {
      expressions(site.rule(expression), isOfOne)
          .checkExpressions(
              rules.getCelExpressionList(),
              (index, text) -> site.report(new int[] {expression, index}, "%s", text));
    }
  }

  private ExpressionCheck expressions(String option, boolean isOfOne) {
    return new ExpressionCheck(
        "field \"" + site.name() + "\"",
        option,
        types(descriptor),
        Map.of("this", isOfOne ? CelTypeNames.ofItem(descriptor) : CelTypeNames.of(descriptor)));
  }

  private static List<Descriptor> types(FieldDescriptor field) {
    return field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
        ? List.of(field.getMessageType())
        : List.of();
  }
}
