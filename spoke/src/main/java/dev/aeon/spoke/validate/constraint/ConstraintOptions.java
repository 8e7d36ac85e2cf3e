package dev.aeon.spoke.validate.constraint;

import build.buf.validate.FieldRules;
import build.buf.validate.MessageRules;
import build.buf.validate.PredefinedRules;
import build.buf.validate.ValidateProto;
import com.google.protobuf.DescriptorProtos.FieldOptions;
import com.google.protobuf.DescriptorProtos.MessageOptions;
import com.google.protobuf.ExtensionRegistry;
import com.google.protobuf.GeneratedMessage.GeneratedExtension;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.aeon.spoke.model.SpokeException;
import dev.aeon.spoke.validate.image.Element;
import dev.aeon.spoke.validate.image.FieldElement;
import dev.aeon.spoke.validate.image.MessageElement;
import java.util.Optional;

/** The constraints among an element's options. */
final class ConstraintOptions {
  private static final ExtensionRegistry EXTENSIONS = ExtensionRegistry.newInstance();

  static {
    ValidateProto.registerAllExtensions(EXTENSIONS);
  }

  private ConstraintOptions() {}

  static Optional<MessageRules> of(MessageElement message) {
    try {
      MessageOptions options =
          MessageOptions.parseFrom(message.proto().getOptions().toByteString(), EXTENSIONS);
      return options.hasExtension(ValidateProto.message)
          ? Optional.of(options.getExtension(ValidateProto.message))
          : Optional.empty();
    } catch (InvalidProtocolBufferException e) {
      throw malformed(message, e);
    }
  }

  static Optional<FieldRules> of(FieldElement field) {
    return option(field, ValidateProto.field);
  }

  /** The rules that an extension of standard rules stands for. */
  static Optional<PredefinedRules> predefinedBy(FieldElement extension) {
    return option(extension, ValidateProto.predefined);
  }

  private static <T> Optional<T> option(
      FieldElement field, GeneratedExtension<FieldOptions, T> extension) {
    try {
      FieldOptions options =
          FieldOptions.parseFrom(field.proto().getOptions().toByteString(), EXTENSIONS);
      return options.hasExtension(extension)
          ? Optional.of(options.getExtension(extension))
          : Optional.empty();
    } catch (InvalidProtocolBufferException e) {
      throw malformed(field, e);
    }
  }

  private static SpokeException malformed(Element element, InvalidProtocolBufferException e) {
    return new SpokeException(
        SpokeException.Code.INVALID_SCHEMA,
        "constraints do not decode, file="
            + element.file().path()
            + " element="
            + element.fullName(),
        e);
  }
}
