package dev.aeon.spoke.validate.breaking;

import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import dev.aeon.spoke.validate.image.FieldElement;
import dev.aeon.spoke.validate.image.MessageElement;
import java.util.Locale;

/** How findings name things. */
final class Descriptions {
  private Descriptions() {}

  static String of(FieldElement field) {
    String name = field.isExtension() ? field.fullName() : field.name();
    return withName(field, " with name \"" + name + "\"");
  }

  static String withoutName(FieldElement field) {
    return withName(field, "");
  }

  private static String withName(FieldElement field, String name) {
    MessageElement message = field.parent();
    String around = field.isExtension() ? field.extendee() : message == null ? "" : message.name();
    return "%s \"%d\"%s on message \"%s\""
        .formatted(field.isExtension() ? "Extension" : "Field", field.number(), name, around);
  }

  /** The type as a schema writes it. */
  static String type(FieldElement field) {
    FieldDescriptorProto.Type kind = field.kind();
    boolean isEdition = field.file().proto().getSyntax().equals("editions");
    if (kind == FieldDescriptorProto.Type.TYPE_GROUP && isEdition) {
      return "message (delimited encoding)";
    }
    return kind.name().substring("TYPE_".length()).toLowerCase(Locale.ROOT);
  }
}
