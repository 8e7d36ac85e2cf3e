package dev.aeon.spoke.validate.diff;

import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.TextFormat;
import dev.aeon.spoke.validate.image.EnumValueElement;
import dev.aeon.spoke.validate.image.FieldElement;
import dev.aeon.spoke.validate.image.ImageFile;
import dev.aeon.spoke.validate.image.MessageElement;
import dev.aeon.spoke.validate.image.MethodElement;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;

/** Elements as a schema writes them, in one line without what stands inside them. */
final class Signatures {
  private Signatures() {}

  static String of(FieldElement field) {
    FieldDescriptorProto proto = field.proto();
    StringBuilder text = new StringBuilder(label(field));
    text.append(field.isMap() ? mapType(field) : type(field));
    text.append(' ').append(field.name()).append(" = ").append(field.number());
    StringJoiner options = new StringJoiner(", ", " [", "]").setEmptyValue("");
    if (proto.hasDefaultValue()) {
      options.add("default = " + proto.getDefaultValue());
    }
    if (hasOwnJsonName(proto)) {
      options.add("json_name = \"" + proto.getJsonName() + "\"");
    }
    options(proto.getOptions()).forEach((name, value) -> options.add(name + " = " + value));
    text.append(options);
    var oneof = field.oneof();
    return oneof == null || oneof.isSynthetic()
        ? text.toString()
        : text + " in oneof " + oneof.name();
  }

  static String of(EnumValueElement value) {
    return value.name() + " = " + value.number();
  }

  static String of(MethodElement method) {
    String in = method.proto().getClientStreaming() ? "stream " : "";
    String out = method.proto().getServerStreaming() ? "stream " : "";
    StringJoiner options = new StringJoiner(", ", " [", "]").setEmptyValue("");
    options(method.proto().getOptions())
        .forEach((name, value) -> options.add(name + " = " + value));
    return "("
        + in
        + method.inputType()
        + ") returns ("
        + out
        + method.outputType()
        + ")"
        + options;
  }

  /** The language that a file is written in. */
  static String syntax(ImageFile file) {
    return switch (file.proto().getSyntax()) {
      case "" -> "proto2";
      case "editions" -> file.proto().getEdition().name().toLowerCase(Locale.ROOT);
      default -> file.proto().getSyntax();
    };
  }

  /** The options that are set, by name; those of extensions by their number. */
  static Map<String, String> options(Message options) {
    Map<String, String> texts = new TreeMap<>();
    options
        .getAllFields()
        .forEach((option, value) -> texts.put(option.getName(), text(option, value)));
    options
        .getUnknownFields()
        .asMap()
        .keySet()
        .forEach(number -> texts.put("(" + number + ")", unknown(options, number)));
    return texts;
  }

  private static String unknown(Message options, int number) {
    return "#" + Integer.toHexString(options.getUnknownFields().getField(number).hashCode());
  }

  private static String text(FieldDescriptor option, Object value) {
    return TextFormat.printer()
        .emittingSingleLine(true)
        .printFieldToString(option, value)
        .replaceFirst("^" + option.getName() + ":? ", "")
        .strip();
  }

  private static boolean hasOwnJsonName(FieldDescriptorProto proto) {
    return proto.hasJsonName() && !proto.getJsonName().equals(camelCase(proto.getName()));
  }

  private static String camelCase(String name) {
    StringBuilder text = new StringBuilder();
    boolean isUpper = false;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c != '_') {
        text.append(isUpper ? Character.toUpperCase(c) : c);
      }
      isUpper = c == '_';
    }
    return text.toString();
  }

  private static String label(FieldElement field) {
    if (field.isMap()) {
      return "";
    }
    if (field.proto().getLabel() == Label.LABEL_REPEATED) {
      return "repeated ";
    }
    boolean isWritten = field.proto().getProto3Optional() || syntax(field.file()).equals("proto2");
    boolean isInOneof = field.oneof() != null && !field.proto().getProto3Optional();
    if (field.isRequired()) {
      return "required ";
    }
    return isWritten && !isInOneof ? "optional " : "";
  }

  private static String type(FieldElement field) {
    return field.typeName().isEmpty()
        ? field.proto().getType().name().substring("TYPE_".length()).toLowerCase(Locale.ROOT)
        : field.typeName();
  }

  private static String mapType(FieldElement field) {
    MessageElement around = field.parent();
    if (around != null) {
      for (MessageElement entry : around.messages()) {
        if (entry.isMapEntry() && entry.fullName().equals(field.typeName())) {
          return "map<%s, %s>".formatted(type(entry.fields().get(0)), type(entry.fields().get(1)));
        }
      }
    }
    return type(field);
  }
}
