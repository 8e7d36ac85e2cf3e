package dev.aeon.spoke.reflection;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** In which file of a version what is declared. */
final class SchemaIndex {
  private final Map<String, FileDescriptorProto> files = new HashMap<>();
  private final Map<String, FileDescriptorProto> symbols = new HashMap<>();
  private final Map<String, NavigableMap<Integer, FileDescriptorProto>> extensions =
      new HashMap<>();
  private final NavigableSet<String> services = new TreeSet<>();

  SchemaIndex(FileDescriptorSet set) {
    set.getFileList().forEach(this::add);
  }

  /** A file by its path. */
  Optional<FileDescriptorProto> file(String path) {
    return Optional.ofNullable(files.get(path));
  }

  /** The file that declares a name, written in full without a dot in front. */
  Optional<FileDescriptorProto> declaring(String symbol) {
    return Optional.ofNullable(symbols.get(symbol));
  }

  /** The file that declares the extension of a message at a number. */
  Optional<FileDescriptorProto> extending(String message, int number) {
    return Optional.ofNullable(numbered(message).get(number));
  }

  /** The numbers at which a message is extended, in order. */
  List<Integer> extensionNumbers(String message) {
    return List.copyOf(numbered(message).navigableKeySet());
  }

  private NavigableMap<Integer, FileDescriptorProto> numbered(String message) {
    return extensions.getOrDefault(message, new TreeMap<>());
  }

  /** All services, in order of names. */
  List<String> services() {
    return List.copyOf(services);
  }

  private void add(FileDescriptorProto file) {
    String scope = file.getPackage().isEmpty() ? "" : file.getPackage() + ".";
    files.put(file.getName(), file);
    file.getMessageTypeList().forEach(message -> add(message, scope, file));
    file.getEnumTypeList().forEach(each -> add(each, scope, file));
    file.getExtensionList().forEach(extension -> add(extension, scope, file));
    file.getServiceList().forEach(service -> add(service, scope, file));
  }

  private void add(DescriptorProto message, String scope, FileDescriptorProto file) {
    String name = scope + message.getName();
    symbols.put(name, file);
    message.getFieldList().forEach(field -> symbols.put(name + "." + field.getName(), file));
    message.getOneofDeclList().forEach(oneof -> symbols.put(name + "." + oneof.getName(), file));
    message.getNestedTypeList().forEach(nested -> add(nested, name + ".", file));
    message.getEnumTypeList().forEach(nested -> add(nested, name + ".", file));
    message.getExtensionList().forEach(extension -> add(extension, name + ".", file));
  }

  /** An enum's values lie beside it. */
  private void add(EnumDescriptorProto enumeration, String scope, FileDescriptorProto file) {
    symbols.put(scope + enumeration.getName(), file);
    enumeration.getValueList().forEach(value -> symbols.put(scope + value.getName(), file));
  }

  private void add(FieldDescriptorProto extension, String scope, FileDescriptorProto file) {
    symbols.put(scope + extension.getName(), file);
    String extended = extension.getExtendee().substring(1);
    extensions.computeIfAbsent(extended, _ -> new TreeMap<>()).put(extension.getNumber(), file);
  }

  private void add(ServiceDescriptorProto service, String scope, FileDescriptorProto file) {
    String name = scope + service.getName();
    services.add(name);
    symbols.put(name, file);
    service.getMethodList().forEach(method -> symbols.put(name + "." + method.getName(), file));
  }
}
