package dev.aeon.spoke.validate.constraint;

import build.buf.validate.AnyRules;
import build.buf.validate.BoolRules;
import build.buf.validate.BytesRules;
import build.buf.validate.EnumRules;
import build.buf.validate.FieldMaskRules;
import build.buf.validate.FieldRules;
import build.buf.validate.StringRules;
import build.buf.validate.TimestampRules;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.Message;
import java.util.Locale;
import java.util.Set;

/** Which rules are for which types, and the checks of each type's own. */
final class TypeRules {
  static final OneofDescriptor TYPE =
      FieldRules.getDescriptor().getOneofs().stream()
          .filter(oneof -> oneof.getName().equals("type"))
          .findFirst()
          .orElseThrow();
  private static final String WELL_KNOWN = "google.protobuf.";
  private static final Set<String> WRAPPERS =
      Set.of(
          "FloatValue",
          "DoubleValue",
          "Int32Value",
          "Int64Value",
          "UInt32Value",
          "UInt64Value",
          "BoolValue",
          "StringValue",
          "BytesValue");

  private TypeRules() {}

  static boolean isWrapper(Descriptor message) {
    String name = message.getFullName();
    return name.startsWith(WELL_KNOWN) && WRAPPERS.contains(name.substring(WELL_KNOWN.length()));
  }

  /** Whether rules are for values of the field's type, or for the message that wraps them. */
  static boolean fit(int rules, FieldDescriptor field) {
    String type = FieldRules.getDescriptor().findFieldByNumber(rules).getName();
    if (field.getJavaType() != FieldDescriptor.JavaType.MESSAGE) {
      return type.equals(field.getType().name().toLowerCase(Locale.ROOT));
    }
    String name = field.getMessageType().getFullName();
    String wanted = type.replace("_", "");
    return name.equalsIgnoreCase(WELL_KNOWN + wanted)
        ? !isScalar(rules)
        : isWrapper(field.getMessageType()) && name.equalsIgnoreCase(WELL_KNOWN + wanted + "Value");
  }

  private static boolean isScalar(int rules) {
    return rules <= FieldRules.ENUM_FIELD_NUMBER;
  }

  /** What findings call a field's type. */
  static String typeName(FieldDescriptor field) {
    if (field.getJavaType() != FieldDescriptor.JavaType.MESSAGE) {
      return field.getType().name().toLowerCase(Locale.ROOT);
    }
    Descriptor message = field.getMessageType();
    return field.isMapField()
        ? "map<%s, %s>"
            .formatted(typeName(message.getFields().get(0)), typeName(message.getFields().get(1)))
        : message.getFullName();
  }

  static void check(RuleSite site, int type, Message rules) {
    switch (rules) {
      case StringRules ofString -> TextRules.check(site, ofString);
      case BytesRules ofBytes -> TextRules.check(site, ofBytes);
      case FieldMaskRules ofMask -> checkMask(site, ofMask);
      case EnumRules ofEnum -> checkConst(site, type, ofEnum);
      case AnyRules ofAny -> checkConst(site, type, ofAny);
      case BoolRules ofBool -> {}
      case TimestampRules ofTime -> {
        OrderRules.check(site, type, rules);
        OrderRules.checkNow(site, ofTime);
      }
      default -> OrderRules.check(site, type, rules);
    }
  }

  /** A value that is the only one leaves nothing to other rules. */
  static void checkConst(RuleSite site, int type, Message rules) {
    FieldDescriptor constant = rules.getDescriptorForType().findFieldByName("const");
    if (constant != null && rules.hasField(constant) && rules.getAllFields().size() > 1) {
      int[] rule = {type, constant.getNumber()};
      site.report(
          rule,
          "Field \"%s\" has %s, therefore other rules in %s are not applied and should be removed.",
          site.name(),
          site.rule(rule),
          site.rule(type));
    }
  }

  private static void checkMask(RuleSite site, FieldMaskRules rules) {
    checkConst(site, FieldRules.FIELD_MASK_FIELD_NUMBER, rules);
    for (String path : rules.getInList()) {
      if (rules.getNotInList().contains(path)) {
        site.report(
            new int[] {FieldRules.FIELD_MASK_FIELD_NUMBER, FieldMaskRules.IN_FIELD_NUMBER},
            "Field \"%s\" has path \"%s\" in both in and not_in rules.",
            site.name(),
            path);
      }
    }
  }
}
