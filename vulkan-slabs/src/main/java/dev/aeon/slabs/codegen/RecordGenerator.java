package dev.aeon.slabs.codegen;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Writes a Java class for each message of Protobuf files, with getters and setters over a fixed
 * layout, and an enum for each enum. What Protobuf leaves open is bounded by the option {@code
 * (aeon.slab)}: {@code max_bytes} of a string, {@code max_count} of a repeated field. Thread-safe.
 */
public final class RecordGenerator {
  private static final String GOOGLE = "google/protobuf/";
  private static final String OPTIONS = "aeon/slab.proto";

  private final Map<String, FileDescriptorProto> given = new HashMap<>();
  private final Map<String, FileDescriptor> built = new HashMap<>();

  private RecordGenerator(Collection<FileDescriptorProto> files) {
    files.forEach(file -> given.put(file.getName(), file));
  }

  /**
   * Generates for every file of a serialised {@code FileDescriptorSet}, such as {@code spoke
   * export} and {@code protoc --include_imports -o} write, but Google's and the option's.
   *
   * @return sources by their path
   * @throws SchemaException where these are no descriptors, or a message has no fixed layout
   */
  public static SortedMap<String, String> generate(byte[] descriptorSet) {
    return generate(parse(descriptorSet).getFileList(), RecordGenerator::isTheUsers);
  }

  private static FileDescriptorSet parse(byte[] descriptorSet) {
    try {
      return FileDescriptorSet.parseFrom(descriptorSet);
    } catch (InvalidProtocolBufferException malformed) {
      throw new SchemaException("no descriptors: byteSize=" + descriptorSet.length, malformed);
    }
  }

  private static boolean isTheUsers(String file) {
    return !file.startsWith(GOOGLE) && !file.equals(OPTIONS);
  }

  static SortedMap<String, String> generate(
      List<FileDescriptorProto> files, Predicate<String> isWanted) {
    RecordGenerator generator = new RecordGenerator(files);
    RecordLayout.Planner planner = new RecordLayout.Planner();
    SortedMap<String, String> sources = new TreeMap<>();
    for (FileDescriptorProto file : files) {
      if (isWanted.test(file.getName())) {
        FileDescriptor descriptor = generator.build(file.getName(), 0);
        descriptor.getMessageTypes().forEach(each -> add(each, planner, sources));
        descriptor.getEnumTypes().forEach(each -> add(each, sources));
      }
    }
    return sources;
  }

  private static void add(
      Descriptor message, RecordLayout.Planner planner, Map<String, String> sources) {
    if (message.getOptions().getMapEntry()) {
      return;
    }
    String source = new RecordSource(planner.plan(message)).text();
    put(JavaNames.qualifiedClassOf(message), source, sources);
    message.getNestedTypes().forEach(each -> add(each, planner, sources));
    message.getEnumTypes().forEach(each -> add(each, sources));
  }

  private static void add(EnumDescriptor type, Map<String, String> sources) {
    put(JavaNames.qualifiedClassOf(type), new EnumSource(type).text(), sources);
  }

  private static void put(String className, String source, Map<String, String> sources) {
    if (sources.put(className.replace('.', '/') + ".java", source) != null) {
      throw new SchemaException("two types have one name in Java: class=" + className);
    }
  }

  /** Files that import each other would otherwise be followed for ever. */
  private FileDescriptor build(String name, int depth) {
    FileDescriptor known = built.get(name);
    if (known != null) {
      return known;
    }
    FileDescriptorProto file = given.get(name);
    if (file == null || depth > given.size()) {
      throw new SchemaException("import is missing, or imports itself: file=" + name);
    }
    FileDescriptor[] imports =
        file.getDependencyList().stream()
            .map(each -> build(each, depth + 1))
            .toArray(FileDescriptor[]::new);
    try {
      FileDescriptor descriptor = FileDescriptor.buildFrom(file, imports);
      built.put(name, descriptor);
      return descriptor;
    } catch (DescriptorValidationException invalid) {
      throw new SchemaException(
          "descriptors contradict each other: file=%s cause=%s"
              .formatted(name, invalid.getMessage()),
          invalid);
    }
  }
}
