package dev.aeon.spoke.compile;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.FeatureSet;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldOptions;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.DescriptorProtos.OneofDescriptorProto;
import dev.aeon.spoke.model.SpokeException;
import java.util.List;

/**
 * Writes files with editions as proto3 files that mean the same, for plugins that know no editions.
 * A field with explicit presence becomes an {@code optional} one. What proto3 cannot say (closed
 * enums, required fields, groups, strings that are not UTF-8) is refused where the output depends
 * on it; plugins that write service stubs alone look at names only, and get a proto2 file of the
 * same names.
 */
final class EditionLowering {
  private static final String EDITIONS = "editions";
  private static final FeatureSet DEFAULTS =
      FeatureSet.newBuilder()
          .setFieldPresence(FeatureSet.FieldPresence.EXPLICIT)
          .setEnumType(FeatureSet.EnumType.OPEN)
          .setRepeatedFieldEncoding(FeatureSet.RepeatedFieldEncoding.PACKED)
          .setUtf8Validation(FeatureSet.Utf8Validation.VERIFY)
          .setMessageEncoding(FeatureSet.MessageEncoding.LENGTH_PREFIXED)
          .setJsonFormat(FeatureSet.JsonFormat.ALLOW)
          .build();

  private final boolean isExact;
  private final String file;

  private EditionLowering(boolean isExact, String file) {
    this.isExact = isExact;
    this.file = file;
  }

  /**
   * Lowers all files that have an edition.
   *
   * @throws SpokeException {@code INVALID_SCHEMA} where it is to be exact and cannot
   */
  static FileDescriptorSet lower(FileDescriptorSet set, boolean isExact) {
    FileDescriptorSet.Builder lowered = FileDescriptorSet.newBuilder();
    for (FileDescriptorProto file : set.getFileList()) {
      lowered.addFile(file.getSyntax().equals(EDITIONS) ? lower(file, isExact) : file);
    }
    return lowered.build();
  }

  private static FileDescriptorProto lower(FileDescriptorProto file, boolean isExact) {
    try {
      return new EditionLowering(true, file.getName()).lower(file);
    } catch (SpokeException e) {
      if (isExact) {
        throw e;
      }
      return new EditionLowering(false, file.getName()).lower(file);
    }
  }

  private FileDescriptorProto lower(FileDescriptorProto source) {
    FileDescriptorProto.Builder target = source.toBuilder();
    FeatureSet features = merge(DEFAULTS, source.getOptions().getFeatures());
    if (target.hasOptions()) {
      target.getOptionsBuilder().clearFeatures();
    }
    target.clearEdition().clearOptionDependency().setSyntax(isExact ? "proto3" : "proto2");
    target.getMessageTypeBuilderList().forEach(message -> lower(message, features));
    target.getEnumTypeBuilderList().forEach(type -> lower(type, features));
    target.getExtensionBuilderList().forEach(field -> lowerEncoding(field, features));
    return target.build();
  }

  private void lower(DescriptorProto.Builder message, FeatureSet inherited) {
    FeatureSet features = merge(inherited, message.getOptions().getFeatures());
    boolean isMapEntry = message.getOptions().getMapEntry();
    if (message.hasOptions()) {
      message.getOptionsBuilder().clearFeatures();
    }
    message.clearVisibility();
    message.getOneofDeclBuilderList().forEach(EditionLowering::clearFeatures);
    for (FieldDescriptorProto.Builder field : message.getFieldBuilderList()) {
      FeatureSet own = lowerEncoding(field, features);
      if (isExact && !isMapEntry && own.getFieldPresence() == FeatureSet.FieldPresence.EXPLICIT) {
        makeOptional(message, field);
      }
    }
    message.getExtensionBuilderList().forEach(field -> lowerEncoding(field, features));
    message.getEnumTypeBuilderList().forEach(type -> lower(type, features));
    message.getNestedTypeBuilderList().forEach(nested -> lower(nested, features));
  }

  private static void clearFeatures(OneofDescriptorProto.Builder oneof) {
    if (oneof.hasOptions()) {
      oneof.getOptionsBuilder().clearFeatures();
    }
  }

  private void lower(EnumDescriptorProto.Builder type, FeatureSet inherited) {
    FeatureSet features = merge(inherited, type.getOptions().getFeatures());
    refuseIf(features.getEnumType() == FeatureSet.EnumType.CLOSED, "a closed enum", type.getName());
    type.clearVisibility();
    if (type.hasOptions()) {
      type.getOptionsBuilder().clearFeatures();
    }
    type.getValueBuilderList().stream()
        .filter(value -> value.hasOptions())
        .forEach(value -> value.getOptionsBuilder().clearFeatures());
  }

  /** Lowers all but presence. */
  private FeatureSet lowerEncoding(FieldDescriptorProto.Builder field, FeatureSet inherited) {
    FeatureSet features = merge(inherited, field.getOptions().getFeatures());
    String name = field.getName();
    refuseIf(isRequired(features), "a required field", name);
    refuseIf(
        isMessage(field) && features.getMessageEncoding() == FeatureSet.MessageEncoding.DELIMITED,
        "a delimited message",
        name);
    refuseIf(
        field.getType() == FieldDescriptorProto.Type.TYPE_STRING
            && features.getUtf8Validation() == FeatureSet.Utf8Validation.NONE,
        "a string that need not be UTF-8",
        name);
    refuseIf(field.hasDefaultValue(), "a default value", name);
    field.clearDefaultValue();
    if (field.hasOptions()) {
      field.getOptionsBuilder().clearFeatures();
    }
    if (isPackable(field)) {
      boolean isPacked =
          features.getRepeatedFieldEncoding() == FeatureSet.RepeatedFieldEncoding.PACKED;
      field.setOptions(FieldOptions.newBuilder(field.getOptions()).setPacked(isPacked));
    }
    return features;
  }

  private static void makeOptional(
      DescriptorProto.Builder message, FieldDescriptorProto.Builder field) {
    if (field.getLabel() == FieldDescriptorProto.Label.LABEL_REPEATED
        || isMessage(field)
        || field.hasOneofIndex()) {
      return;
    }
    field.setProto3Optional(true).setOneofIndex(message.getOneofDeclCount());
    message.addOneofDecl(OneofDescriptorProto.newBuilder().setName(freeName(message, field)));
  }

  private static String freeName(
      DescriptorProto.Builder message, FieldDescriptorProto.Builder field) {
    String name = "_" + field.getName();
    while (isTaken(message, name)) {
      name = "X" + name;
    }
    return name;
  }

  private static boolean isTaken(DescriptorProto.Builder message, String name) {
    return message.getFieldList().stream().anyMatch(field -> field.getName().equals(name))
        || message.getOneofDeclList().stream().anyMatch(oneof -> oneof.getName().equals(name));
  }

  private static boolean isMessage(FieldDescriptorProto.Builder field) {
    return field.getType() == FieldDescriptorProto.Type.TYPE_MESSAGE
        || field.getType() == FieldDescriptorProto.Type.TYPE_GROUP;
  }

  private static boolean isPackable(FieldDescriptorProto.Builder field) {
    List<FieldDescriptorProto.Type> unpackable =
        List.of(
            FieldDescriptorProto.Type.TYPE_MESSAGE,
            FieldDescriptorProto.Type.TYPE_GROUP,
            FieldDescriptorProto.Type.TYPE_STRING,
            FieldDescriptorProto.Type.TYPE_BYTES);
    return field.getLabel() == FieldDescriptorProto.Label.LABEL_REPEATED
        && !unpackable.contains(field.getType());
  }

  private static boolean isRequired(FeatureSet features) {
    return features.getFieldPresence() == FeatureSet.FieldPresence.LEGACY_REQUIRED;
  }

  private static FeatureSet merge(FeatureSet inherited, FeatureSet own) {
    return inherited.toBuilder().mergeFrom(own).build();
  }

  private void refuseIf(boolean isInexpressible, String what, String name) {
    if (isExact && isInexpressible) {
      throw new SpokeException(
          SpokeException.Code.INVALID_SCHEMA,
          "this language's plugin knows no editions, and proto3 has not "
              + what
              + ", file="
              + file
              + " name="
              + name);
    }
  }
}
