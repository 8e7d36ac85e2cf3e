package dev.aeon.apm.protobuf;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The message types of schemas that were asked for. Thread-safe. */
final class SchemaCache {
  private static final int MAX_SCHEMAS = 1_000;

  private final SchemaSource source;
  private final Map<SchemaReference, Map<String, Descriptor>> types = new ConcurrentHashMap<>();

  SchemaCache(SchemaSource source) {
    this.source = source;
  }

  Descriptor type(SchemaReference schema, String typeName) {
    if (types.size() > MAX_SCHEMAS) {
      types.clear();
    }
    Descriptor type = types.computeIfAbsent(schema, this::load).get(typeName);
    if (type == null) {
      throw new ProtobufException("no such type: schema=" + schema + " type=" + typeName);
    }
    return type;
  }

  private Map<String, Descriptor> load(SchemaReference schema) {
    FileDescriptorSet files =
        source
            .descriptors(schema)
            .orElseThrow(() -> new ProtobufException("no such schema: schema=" + schema));
    Map<String, FileDescriptorProto> byName = new HashMap<>();
    files.getFileList().forEach(file -> byName.put(file.getName(), file));
    Map<String, FileDescriptor> built = new HashMap<>();
    Map<String, Descriptor> found = new HashMap<>();
    for (FileDescriptorProto file : files.getFileList()) {
      collect(build(file, byName, built, schema).getMessageTypes(), found);
    }
    return found;
  }

  private static FileDescriptor build(
      FileDescriptorProto file,
      Map<String, FileDescriptorProto> byName,
      Map<String, FileDescriptor> built,
      SchemaReference schema) {
    FileDescriptor known = built.get(file.getName());
    if (known != null) {
      return known;
    }
    List<FileDescriptor> imports = new ArrayList<>();
    // So that files which import each other end here, not in an overflow.
    byName.remove(file.getName());
    for (String name : file.getDependencyList()) {
      imports.add(imported(name, byName, built, schema));
    }
    try {
      FileDescriptor descriptor =
          FileDescriptor.buildFrom(file, imports.toArray(FileDescriptor[]::new));
      built.put(file.getName(), descriptor);
      return descriptor;
    } catch (DescriptorValidationException e) {
      throw new ProtobufException("schema is broken: schema=" + schema, e);
    }
  }

  private static FileDescriptor imported(
      String name,
      Map<String, FileDescriptorProto> byName,
      Map<String, FileDescriptor> built,
      SchemaReference schema) {
    FileDescriptor ready = built.get(name);
    if (ready != null) {
      return ready;
    }
    FileDescriptorProto file = byName.get(name);
    if (file == null) {
      throw new ProtobufException("import is missing: schema=" + schema + " file=" + name);
    }
    return build(file, byName, built, schema);
  }

  private static void collect(List<Descriptor> descriptors, Map<String, Descriptor> found) {
    for (Descriptor descriptor : descriptors) {
      found.put(descriptor.getFullName(), descriptor);
      collect(descriptor.getNestedTypes(), found);
    }
  }
}
