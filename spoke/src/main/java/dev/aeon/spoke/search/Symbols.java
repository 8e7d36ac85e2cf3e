package dev.aeon.spoke.search;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.DescriptorProtos.MethodDescriptorProto;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import com.google.protobuf.DescriptorProtos.SourceCodeInfo.Location;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.aeon.spoke.model.SpokeException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The symbols of the files of a version, with their comments. Used by one thread, once. */
final class Symbols {
  private final List<Symbol> symbols = new ArrayList<>();
  private final Map<List<Integer>, String> comments = new HashMap<>();
  private String file = "";

  private Symbols() {}

  /** The symbols of the given files of a serialised {@code FileDescriptorSet}. */
  static List<Symbol> of(byte[] descriptors, Set<String> files) {
    try {
      Symbols symbols = new Symbols();
      for (FileDescriptorProto file : FileDescriptorSet.parseFrom(descriptors).getFileList()) {
        if (files.contains(file.getName())) {
          symbols.addFile(file);
        }
      }
      return symbols.symbols;
    } catch (InvalidProtocolBufferException e) {
      throw new SpokeException(
          SpokeException.Code.INTERNAL, "stored descriptors are damaged: " + e.getMessage(), e);
    }
  }

  private void addFile(FileDescriptorProto source) {
    file = source.getName();
    comments.clear();
    for (Location location : source.getSourceCodeInfo().getLocationList()) {
      String comment = location.getLeadingComments() + location.getTrailingComments();
      if (!comment.isBlank()) {
        comments.put(location.getPathList(), comment.strip());
      }
    }
    add("file", source.getName(), source.getPackage(), List.of());
    String prefix = source.getPackage().isEmpty() ? "" : source.getPackage() + ".";
    for (int i = 0; i < source.getMessageTypeCount(); i++) {
      addMessage(
          source.getMessageType(i), prefix, path(FileDescriptorProto.MESSAGE_TYPE_FIELD_NUMBER, i));
    }
    for (int i = 0; i < source.getEnumTypeCount(); i++) {
      addEnum(source.getEnumType(i), prefix, path(FileDescriptorProto.ENUM_TYPE_FIELD_NUMBER, i));
    }
    for (int i = 0; i < source.getServiceCount(); i++) {
      addService(source.getService(i), prefix, path(FileDescriptorProto.SERVICE_FIELD_NUMBER, i));
    }
  }

  private void addMessage(DescriptorProto message, String prefix, List<Integer> path) {
    String name = prefix + message.getName();
    add("message", name, "", path);
    for (int i = 0; i < message.getFieldCount(); i++) {
      FieldDescriptorProto field = message.getField(i);
      add(
          "field",
          name + "." + field.getName(),
          typeOf(field),
          append(path, DescriptorProto.FIELD_FIELD_NUMBER, i));
    }
    for (int i = 0; i < message.getNestedTypeCount(); i++) {
      if (!message.getNestedType(i).getOptions().getMapEntry()) {
        addMessage(
            message.getNestedType(i),
            name + ".",
            append(path, DescriptorProto.NESTED_TYPE_FIELD_NUMBER, i));
      }
    }
    for (int i = 0; i < message.getEnumTypeCount(); i++) {
      addEnum(
          message.getEnumType(i),
          name + ".",
          append(path, DescriptorProto.ENUM_TYPE_FIELD_NUMBER, i));
    }
  }

  private static String typeOf(FieldDescriptorProto field) {
    return field.getTypeName().isEmpty()
        ? field.getType().name().substring("TYPE_".length()).toLowerCase(java.util.Locale.ROOT)
        : plain(field.getTypeName());
  }

  private static String plain(String typeName) {
    return typeName.startsWith(".") ? typeName.substring(1) : typeName;
  }

  private void addEnum(EnumDescriptorProto type, String prefix, List<Integer> path) {
    String name = prefix + type.getName();
    add("enum", name, "", path);
    for (int i = 0; i < type.getValueCount(); i++) {
      add(
          "value",
          name + "." + type.getValue(i).getName(),
          "",
          append(path, EnumDescriptorProto.VALUE_FIELD_NUMBER, i));
    }
  }

  private void addService(ServiceDescriptorProto service, String prefix, List<Integer> path) {
    String name = prefix + service.getName();
    add("service", name, "", path);
    for (int i = 0; i < service.getMethodCount(); i++) {
      MethodDescriptorProto method = service.getMethod(i);
      add(
          "method",
          name + "." + method.getName(),
          plain(method.getInputType()) + " " + plain(method.getOutputType()),
          append(path, ServiceDescriptorProto.METHOD_FIELD_NUMBER, i));
    }
  }

  private void add(String kind, String name, String type, List<Integer> path) {
    symbols.add(new Symbol(kind, name, type, file, comments.getOrDefault(path, "")));
  }

  private static List<Integer> path(int field, int index) {
    return List.of(field, index);
  }

  private static List<Integer> append(List<Integer> path, int field, int index) {
    List<Integer> longer = new ArrayList<>(path);
    longer.add(field);
    longer.add(index);
    return longer;
  }
}
