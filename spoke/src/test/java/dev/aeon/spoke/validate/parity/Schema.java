package dev.aeon.spoke.validate.parity;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A file of a schema that a test makes up, and can be changed before it is written down. */
final class Schema {
  enum Syntax {
    PROTO2("syntax = \"proto2\";"),
    PROTO3("syntax = \"proto3\";"),
    EDITION_2023("edition = \"2023\";");

    private final String text;

    Syntax(String text) {
      this.text = text;
    }
  }

  static final class Message {
    String name = "";
    final List<Field> fields = new ArrayList<>();
    final List<Enumeration> enums = new ArrayList<>();
    final List<Message> messages = new ArrayList<>();
    final List<String> reserved = new ArrayList<>();
    final List<String> options = new ArrayList<>();
    String extensionRange = "";
  }

  static final class Field {
    String name = "";
    int number;
    String type = "";
    String label = "";
    String oneof = "";
    final Map<String, String> options = new TreeMap<>();
  }

  static final class Enumeration {
    String name = "";
    final List<Value> values = new ArrayList<>();
    final List<String> reserved = new ArrayList<>();
    final List<String> options = new ArrayList<>();
  }

  record Value(String name, int number) {}

  static final class Service {
    String name = "";
    final List<Method> methods = new ArrayList<>();
  }

  static final class Method {
    String name = "";
    String input = "";
    String output = "";
    boolean streamsInput;
    boolean streamsOutput;
    String idempotency = "";
  }

  Syntax syntax = Syntax.PROTO3;
  String packageName = "";
  final Map<String, String> options = new TreeMap<>();
  final List<String> imports = new ArrayList<>();
  final List<Message> messages = new ArrayList<>();
  final List<Enumeration> enums = new ArrayList<>();
  final List<Service> services = new ArrayList<>();

  /** All messages, nested ones too. */
  List<Message> allMessages() {
    List<Message> all = new ArrayList<>();
    messages.forEach(message -> collect(message, all));
    return all;
  }

  private static void collect(Message message, List<Message> all) {
    all.add(message);
    message.messages.forEach(nested -> collect(nested, all));
  }

  List<Enumeration> allEnums() {
    List<Enumeration> all = new ArrayList<>(enums);
    allMessages().forEach(message -> all.addAll(message.enums));
    return all;
  }

  String text() {
    StringBuilder text = new StringBuilder(syntax.text).append('\n');
    text.append("package ").append(packageName).append(";\n");
    imports.forEach(path -> text.append("import \"").append(path).append("\";\n"));
    options.forEach((name, value) -> text.append("option %s = %s;\n".formatted(name, value)));
    enums.forEach(each -> write(each, "", text));
    messages.forEach(message -> write(message, "", text));
    services.forEach(service -> write(service, text));
    return text.toString();
  }

  private static void write(Enumeration each, String indent, StringBuilder text) {
    text.append(indent).append("enum ").append(each.name).append(" {\n");
    each.options.forEach(option -> text.append("%s  option %s;\n".formatted(indent, option)));
    each.values.forEach(
        value -> text.append("%s  %s = %d;\n".formatted(indent, value.name(), value.number())));
    each.reserved.forEach(range -> text.append("%s  reserved %s;\n".formatted(indent, range)));
    text.append(indent).append("}\n");
  }

  private static void write(Message message, String indent, StringBuilder text) {
    text.append("%s// The %s.\n".formatted(indent, message.name));
    text.append(indent).append("message ").append(message.name).append(" {\n");
    String inner = indent + "  ";
    message.options.forEach(option -> text.append("%soption %s;\n".formatted(inner, option)));
    message.enums.forEach(each -> write(each, inner, text));
    message.messages.forEach(nested -> write(nested, inner, text));
    message.fields.stream()
        .filter(field -> field.oneof.isEmpty())
        .forEach(field -> write(field, inner, text));
    Map<String, List<Field>> oneofs =
        message.fields.stream()
            .filter(field -> !field.oneof.isEmpty())
            .collect(
                Collectors.groupingBy(field -> field.oneof, TreeMap::new, Collectors.toList()));
    oneofs.forEach((name, fields) -> {
      text.append(inner).append("oneof ").append(name).append(" {\n");
      fields.forEach(field -> write(field, inner + "  ", text));
      text.append(inner).append("}\n");
    });
    message.reserved.forEach(range -> text.append("%sreserved %s;\n".formatted(inner, range)));
    if (!message.extensionRange.isEmpty()) {
      text.append("%sextensions %s;\n".formatted(inner, message.extensionRange));
    }
    text.append(indent).append("}\n");
  }

  private static void write(Field field, String indent, StringBuilder text) {
    String label = field.oneof.isEmpty() && !field.label.isEmpty() ? field.label + " " : "";
    text.append("%s%s%s %s = %d".formatted(indent, label, field.type, field.name, field.number));
    if (!field.options.isEmpty()) {
      text.append(
          field.options.entrySet().stream()
              .map(option -> option.getKey() + " = " + option.getValue())
              .collect(Collectors.joining(", ", " [", "]")));
    }
    text.append(";\n");
  }

  private static void write(Service service, StringBuilder text) {
    text.append("service ").append(service.name).append(" {\n");
    for (Method method : service.methods) {
      text.append(
          "  rpc %s(%s%s) returns (%s%s)"
              .formatted(
                  method.name,
                  method.streamsInput ? "stream " : "",
                  method.input,
                  method.streamsOutput ? "stream " : "",
                  method.output));
      text.append(
          method.idempotency.isEmpty()
              ? ";\n"
              : " { option idempotency_level = %s; }\n".formatted(method.idempotency));
    }
    text.append("}\n");
  }
}
