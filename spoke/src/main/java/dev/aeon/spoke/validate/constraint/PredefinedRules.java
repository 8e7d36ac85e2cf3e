package dev.aeon.spoke.validate.constraint;

import build.buf.validate.ValidateProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.aeon.spoke.validate.image.FieldElement;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.StructTypeReference;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Extensions of the standard rules that stand for rules of their own. */
final class PredefinedRules {
  private static final int FIELD_OPTIONS = 8;
  private static final int OPTION_LENGTH = 2;

  private PredefinedRules() {}

  static void check(FieldElement extension, DescriptorLinker linker, Problems problems) {
    Optional<CelType> thisType = typeOfThis(extension.extendee());
    Optional<build.buf.validate.PredefinedRules> rules = ConstraintOptions.predefinedBy(extension);
    if (thisType.isEmpty() || rules.isEmpty()) {
      return;
    }
    FieldDescriptor descriptor = linker.field(extension);
    Map<String, CelType> variables =
        Map.of(
            "rule", CelTypeNames.of(descriptor),
            "this", thisType.get(),
            "rules", StructTypeReference.create(extension.extendee()));
    new ExpressionCheck(
            "extension field", "(buf.validate.predefined).cel", types(descriptor), variables)
        .checkRules(
            rules.get().getCelList(),
            (index, text) ->
                problems.add(
                    extension.optionPlace(
                        OPTION_LENGTH,
                        FIELD_OPTIONS,
                        ValidateProto.PREDEFINED_FIELD_NUMBER,
                        build.buf.validate.PredefinedRules.CEL_FIELD_NUMBER,
                        index),
                    extension.file(),
                    text));
  }

  private static List<Descriptor> types(FieldDescriptor extension) {
    Stream<Descriptor> ofValue =
        extension.getJavaType() == FieldDescriptor.JavaType.MESSAGE
            ? Stream.of(extension.getMessageType())
            : Stream.of();
    return Stream.concat(Stream.of(extension.getContainingType()), ofValue).toList();
  }

  /** The type of what the rules of a message of standard rules are on. */
  private static Optional<CelType> typeOfThis(String rules) {
    return Optional.ofNullable(
        switch (rules) {
          case "buf.validate.AnyRules" -> SimpleType.ANY;
          case "buf.validate.BoolRules" -> SimpleType.BOOL;
          case "buf.validate.BytesRules" -> SimpleType.BYTES;
          case "buf.validate.StringRules" -> SimpleType.STRING;
          case "buf.validate.Int32Rules",
              "buf.validate.Int64Rules",
              "buf.validate.SInt32Rules",
              "buf.validate.SInt64Rules",
              "buf.validate.SFixed32Rules",
              "buf.validate.SFixed64Rules",
              "buf.validate.EnumRules" ->
              SimpleType.INT;
          case "buf.validate.UInt32Rules",
              "buf.validate.UInt64Rules",
              "buf.validate.Fixed32Rules",
              "buf.validate.Fixed64Rules" ->
              SimpleType.UINT;
          case "buf.validate.DoubleRules", "buf.validate.FloatRules" -> SimpleType.DOUBLE;
          case "buf.validate.MapRules" -> MapType.create(SimpleType.DYN, SimpleType.DYN);
          case "buf.validate.RepeatedRules" -> ListType.create(SimpleType.DYN);
          case "buf.validate.DurationRules" -> SimpleType.DURATION;
          case "buf.validate.TimestampRules" -> SimpleType.TIMESTAMP;
          default -> null;
        });
  }
}
