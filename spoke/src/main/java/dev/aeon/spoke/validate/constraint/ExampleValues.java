package dev.aeon.spoke.validate.constraint;

import build.buf.protovalidate.Config;
import build.buf.protovalidate.ValidationResult;
import build.buf.protovalidate.Validator;
import build.buf.protovalidate.ValidatorFactory;
import build.buf.protovalidate.exceptions.ValidationException;
import build.buf.validate.FieldPathElement;
import build.buf.validate.FieldRules;
import build.buf.validate.Violation;
import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import dev.aeon.spoke.model.SpokeException;
import dev.aeon.spoke.validate.Quotes;
import dev.aeon.spoke.validate.image.MessageElement;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Examples of a field's values, which must satisfy its rules. */
final class ExampleValues {
  private final RuleSite site;
  private final FieldRules rules;
  private final FieldDescriptor descriptor;
  private final @Nullable FieldDescriptor map;
  private final DescriptorLinker linker;

  /**
   * The examples among some rules.
   *
   * @param descriptor the field, or the key or value of a map
   * @param map the map that the key or value is of
   */
  ExampleValues(
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

  /** Checks the examples among the rules of a type. */
  void check(FieldDescriptor type, Message typeRules) {
    FieldDescriptor examples = typeRules.getDescriptorForType().findFieldByName("example");
    MessageElement message = site.field().parent();
    boolean hasRules = rules.getCelCount() > 0 || hasOthers(typeRules, examples);
    if (examples == null || message == null || descriptor.isExtension() || !hasRules) {
      return;
    }
    Descriptor alone = messageWithTheseRulesAlone(message);
    Validator validator = validator();
    for (int i = 0; i < typeRules.getRepeatedFieldCount(examples); i++) {
      Object example = typeRules.getRepeatedField(examples, i);
      int[] rule = {type.getNumber(), examples.getNumber(), i};
      try {
        report(validator.validate(messageWith(alone, example)), rule, example);
      } catch (ValidationException e) {
        return; // Expressions that do not compile are reported where they stand.
      }
    }
  }

  private static boolean hasOthers(Message typeRules, @Nullable FieldDescriptor examples) {
    return !typeRules.getUnknownFields().isEmpty()
        || typeRules.getAllFields().keySet().stream().anyMatch(field -> !field.equals(examples));
  }

  private Validator validator() {
    // The validator's shortcuts around expressions fail on items that are wrapped values.
    Config config =
        Config.newBuilder()
            .setExtensionRegistry(linker.extensions())
            .setEnableNativeRules(false)
            .build();
    return ValidatorFactory.newBuilder().withConfig(config).build();
  }

  private void report(ValidationResult result, int[] rule, Object example) {
    for (var each : result.getViolations()) {
      Violation violation = each.toProto();
      if (isOfField(violation)) {
        site.report(
            rule,
            "\"%s\" is an example value but does not satisfy rule \"%s\": %s",
            text(example),
            Quotes.escape(violation.getRuleId()),
            violation.getMessage());
      }
    }
  }

  /** Whether a violation is of what the rules are on, not of what is in or around it. */
  private boolean isOfField(Violation violation) {
    FieldDescriptor field = map == null ? descriptor : map;
    List<FieldPathElement> path = violation.getField().getElementsList();
    if (path.size() != 1 || path.getFirst().getFieldNumber() != field.getNumber()) {
      return false;
    }
    FieldPathElement.SubscriptCase subscript = path.getFirst().getSubscriptCase();
    if (map != null) {
      boolean isKey = descriptor.getNumber() == 1;
      return violation.getForKey() == isKey
          && subscript != FieldPathElement.SubscriptCase.INDEX
          && subscript != FieldPathElement.SubscriptCase.SUBSCRIPT_NOT_SET;
    }
    return descriptor.isRepeated()
        ? subscript == FieldPathElement.SubscriptCase.INDEX
        : subscript == FieldPathElement.SubscriptCase.SUBSCRIPT_NOT_SET;
  }

  private DynamicMessage messageWith(Descriptor message, Object example) {
    FieldDescriptor field = message.findFieldByNumber((map == null ? descriptor : map).getNumber());
    DynamicMessage.Builder built = DynamicMessage.newBuilder(message);
    if (map != null) {
      Descriptor entry = field.getMessageType();
      FieldDescriptor part = entry.findFieldByNumber(descriptor.getNumber());
      Message.Builder filled = DynamicMessage.newBuilder(entry);
      for (FieldDescriptor each : entry.getFields()) {
        filled.setField(each, each.equals(part) ? value(part, example) : empty(each));
      }
      return built.addRepeatedField(field, filled.build()).buildPartial();
    }
    return field.isRepeated()
        ? built.addRepeatedField(field, value(field, example)).buildPartial()
        : built.setField(field, value(field, example)).buildPartial();
  }

  private static Object empty(FieldDescriptor field) {
    return field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
        ? DynamicMessage.getDefaultInstance(field.getMessageType())
        : field.getDefaultValue();
  }

  private static Object value(FieldDescriptor field, Object example) {
    return switch (field.getJavaType()) {
      case ENUM -> field.getEnumType().findValueByNumberCreatingIfUnknown((Integer) example);
      case MESSAGE -> message(field.getMessageType(), example);
      default -> example;
    };
  }

  private static Message message(Descriptor type, Object example) {
    try {
      return example instanceof Message message
          ? DynamicMessage.parseFrom(type, message.toByteString())
          : DynamicMessage.newBuilder(type).setField(type.findFieldByNumber(1), example).build();
    } catch (InvalidProtocolBufferException e) {
      throw new SpokeException(
          SpokeException.Code.INVALID_SCHEMA,
          "an example does not decode as what it is of, type=" + type.getFullName(),
          e);
    }
  }

  /** The message without constraints on itself or on other fields. */
  private Descriptor messageWithTheseRulesAlone(MessageElement message) {
    FileDescriptorProto.Builder file = message.file().proto().toBuilder();
    int[] path = message.path();
    DescriptorProto.Builder builder = file.getMessageTypeBuilder(path[1]);
    for (int i = 3; i < path.length; i += 2) {
      builder = builder.getNestedTypeBuilder(path[i]);
    }
    builder.clearOptions();
    builder.getOneofDeclBuilderList().forEach(oneof -> oneof.clearOptions());
    for (FieldDescriptorProto.Builder each : builder.getFieldBuilderList()) {
      if (each.getNumber() != site.field().number()) {
        each.getOptionsBuilder().setUnknownFields(UnknownFieldSet.getDefaultInstance());
      }
    }
    return linker.message(file.build(), path);
  }

  private static String text(Object example) {
    return switch (example) {
      case ByteString bytes ->
          IntStream.range(0, bytes.size())
              .mapToObj(i -> String.valueOf(Byte.toUnsignedInt(bytes.byteAt(i))))
              .collect(Collectors.joining(" ", "[", "]"));
      case Float value when !value.isNaN() && !value.isInfinite() ->
          new BigDecimal(value.toString()).stripTrailingZeros().toPlainString();
      case Double value when !value.isNaN() && !value.isInfinite() ->
          new BigDecimal(value.toString()).stripTrailingZeros().toPlainString();
      case Message message -> message.toString().replaceAll("\\s+", " ").strip();
      default -> example.toString();
    };
  }
}
