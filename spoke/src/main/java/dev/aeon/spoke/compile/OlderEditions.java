package dev.aeon.spoke.compile;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.Edition;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.FeatureSet;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.util.List;
import java.util.function.UnaryOperator;

/** Writes files of newer editions for plugins that know older ones alone, or none. */
final class OlderEditions {
  private static final String EDITIONS = "editions";

  private OlderEditions() {}

  /** Whether a file is of an edition after 2023. */
  static boolean isNew(FileDescriptorProto file) {
    return file.getSyntax().equals(EDITIONS)
        && file.getEdition().getNumber() > Edition.EDITION_2023_VALUE;
  }

  /**
   * The same schemas in edition 2023. What 2024 added is about sources (who may name a type, how
   * names are written) and about the defaults of single languages, which are options of theirs.
   */
  static FileDescriptorSet in2023(FileDescriptorSet set) {
    return map(
        set,
        file ->
            isNew(file)
                ? DescriptorWalk.change(file, OlderEditions::forgetWhatIsNew)
                    .setEdition(Edition.EDITION_2023)
                    .clearOptionDependency()
                    .build()
                : file);
  }

  /**
   * Schemas of the same names in proto2, for stubs of services: these depend on names, not on what
   * goes over the wire.
   */
  static FileDescriptorSet inProto2(FileDescriptorSet set) {
    return map(
        set,
        file ->
            file.getSyntax().equals(EDITIONS)
                ? DescriptorWalk.change(file, OlderEditions::forgetEditions)
                    .setSyntax("proto2")
                    .clearEdition()
                    .clearOptionDependency()
                    .build()
                : file);
  }

  private static FileDescriptorSet map(
      FileDescriptorSet set, UnaryOperator<FileDescriptorProto> change) {
    return FileDescriptorSet.newBuilder()
        .addAllFile(set.getFileList().stream().map(change).toList())
        .build();
  }

  private static void forgetWhatIsNew(Message.Builder part) {
    switch (part) {
      case FeatureSet.Builder features ->
          features
              .clearEnforceNamingStyle()
              .clearDefaultSymbolVisibility()
              .clearEnforceProtoLimits();
      case DescriptorProto.Builder message -> message.clearVisibility();
      case EnumDescriptorProto.Builder type -> type.clearVisibility();
      default -> {}
    }
  }

  private static void forgetEditions(Message.Builder part) {
    forgetWhatIsNew(part);
    List.copyOf(part.getAllFields().keySet()).stream()
        .filter(OlderEditions::isFeatures)
        .forEach(part::clearField);
    if (part instanceof FieldDescriptorProto.Builder field
        && field.getType() == FieldDescriptorProto.Type.TYPE_GROUP) {
      field.setType(FieldDescriptorProto.Type.TYPE_MESSAGE);
    }
  }

  private static boolean isFeatures(FieldDescriptor field) {
    return field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
        && field.getMessageType().equals(FeatureSet.getDescriptor());
  }
}
