package dev.aeon.spoke.docs;

import static dev.aeon.spoke.docs.Comments.below;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.MethodDescriptorProto;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** Files as a Markdown page: services first, then messages and enums, each with its comments. */
public final class SchemaDocument {
  private final StringBuilder page = new StringBuilder();
  private final FileDescriptorProto file;
  private final Comments comments;
  private final String scope;

  private SchemaDocument(FileDescriptorProto file) {
    this.file = file;
    this.comments = new Comments(file);
    this.scope = file.getPackage().isEmpty() ? "" : file.getPackage() + ".";
  }

  /** The page of the files, in their order. */
  public static String markdown(String title, Collection<FileDescriptorProto> files) {
    StringBuilder all = new StringBuilder("# " + title + "\n");
    files.forEach(file -> all.append(new SchemaDocument(file).render()));
    return all.toString();
  }

  private String render() {
    page.append("\n## ").append(file.getName()).append('\n');
    paragraph(comments.at(List.of(FileDescriptorProto.PACKAGE_FIELD_NUMBER)));
    for (int i = 0; i < file.getServiceCount(); i++) {
      service(file.getService(i), List.of(FileDescriptorProto.SERVICE_FIELD_NUMBER, i));
    }
    for (int i = 0; i < file.getMessageTypeCount(); i++) {
      List<Integer> path = List.of(FileDescriptorProto.MESSAGE_TYPE_FIELD_NUMBER, i);
      message(scope, file.getMessageType(i), path);
    }
    for (int i = 0; i < file.getEnumTypeCount(); i++) {
      enumeration(
          scope, file.getEnumType(i), List.of(FileDescriptorProto.ENUM_TYPE_FIELD_NUMBER, i));
    }
    return page.toString();
  }

  private void service(ServiceDescriptorProto service, List<Integer> path) {
    heading("service", scope + service.getName(), path);
    table("method", "request", "answer", "");
    for (int i = 0; i < service.getMethodCount(); i++) {
      MethodDescriptorProto method = service.getMethod(i);
      row(
          method.getName(),
          stream(method.getClientStreaming()) + link(method.getInputType()),
          stream(method.getServerStreaming()) + link(method.getOutputType()),
          comments.lineAt(below(path, ServiceDescriptorProto.METHOD_FIELD_NUMBER, i)));
    }
  }

  private void message(String outer, DescriptorProto message, List<Integer> path) {
    if (message.getOptions().getMapEntry()) {
      return;
    }
    String name = outer + message.getName();
    heading("message", name, path);
    if (message.getFieldCount() > 0) {
      table("field", "number", "type", "");
    }
    for (int i = 0; i < message.getFieldCount(); i++) {
      FieldDescriptorProto field = message.getField(i);
      row(
          field.getName(),
          Integer.toString(field.getNumber()),
          type(message, field),
          comments.lineAt(below(path, DescriptorProto.FIELD_FIELD_NUMBER, i)));
    }
    for (int i = 0; i < message.getNestedTypeCount(); i++) {
      List<Integer> nested = below(path, DescriptorProto.NESTED_TYPE_FIELD_NUMBER, i);
      message(name + ".", message.getNestedType(i), nested);
    }
    for (int i = 0; i < message.getEnumTypeCount(); i++) {
      List<Integer> nested = below(path, DescriptorProto.ENUM_TYPE_FIELD_NUMBER, i);
      enumeration(name + ".", message.getEnumType(i), nested);
    }
  }

  private void enumeration(String outer, EnumDescriptorProto type, List<Integer> path) {
    heading("enum", outer + type.getName(), path);
    table("value", "number", "");
    for (int i = 0; i < type.getValueCount(); i++) {
      row(
          type.getValue(i).getName(),
          Integer.toString(type.getValue(i).getNumber()),
          comments.lineAt(below(path, EnumDescriptorProto.VALUE_FIELD_NUMBER, i)));
    }
  }

  private static String type(DescriptorProto message, FieldDescriptorProto field) {
    for (DescriptorProto nested : message.getNestedTypeList()) {
      if (nested.getOptions().getMapEntry()
          && field.getTypeName().endsWith("." + nested.getName())) {
        return "map<" + plainType(nested.getField(0)) + ", " + plainType(nested.getField(1)) + ">";
      }
    }
    boolean isRepeated = field.getLabel() == FieldDescriptorProto.Label.LABEL_REPEATED;
    String prefix = isRepeated ? "repeated " : field.getProto3Optional() ? "optional " : "";
    boolean isChoice = field.hasOneofIndex() && !field.getProto3Optional();
    String suffix =
        isChoice ? " (oneof " + message.getOneofDecl(field.getOneofIndex()).getName() + ")" : "";
    return prefix + plainType(field) + suffix;
  }

  private static String plainType(FieldDescriptorProto field) {
    return field.hasTypeName()
        ? link(field.getTypeName())
        : field.getType().name().substring("TYPE_".length()).toLowerCase(Locale.ROOT);
  }

  private static String link(String typeName) {
    String name = typeName.startsWith(".") ? typeName.substring(1) : typeName;
    return "[" + name + "](#" + name + ")";
  }

  private static String stream(boolean isStream) {
    return isStream ? "stream " : "";
  }

  private void heading(String kind, String name, List<Integer> path) {
    page.append("\n### <a id=\"").append(name).append("\"></a>").append(kind).append(' ');
    page.append(name).append("\n");
    paragraph(comments.at(path));
  }

  private void paragraph(String text) {
    if (!text.isEmpty()) {
      page.append('\n').append(text).append('\n');
    }
  }

  private void table(String... columns) {
    page.append('\n');
    row(columns);
    page.append("|---".repeat(columns.length)).append("|\n");
  }

  private void row(String... cells) {
    page.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }
}
