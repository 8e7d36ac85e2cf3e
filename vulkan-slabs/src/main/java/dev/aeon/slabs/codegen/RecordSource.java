package dev.aeon.slabs.codegen;

import com.google.protobuf.Descriptors.OneofDescriptor;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The Java source of the class for a message. */
final class RecordSource {
  private final RecordLayout record;
  private final List<FieldSource> fields;
  private final String className;

  RecordSource(RecordLayout record) {
    this.record = record;
    this.fields = record.fields().stream().map(each -> new FieldSource(record, each)).toList();
    this.className = JavaNames.classOf(record.message());
    requireDistinctNames();
  }

  private void requireDistinctNames() {
    Set<String> taken = new HashSet<>();
    Stream<String> fieldNames = fields.stream().flatMap(field -> field.names().stream());
    Stream<String> oneofNames =
        record.message().getRealOneofs().stream()
            .map(oneof -> JavaNames.camelCase(oneof.getName()) + "Case");
    Stream.concat(fieldNames, oneofNames)
        .filter(name -> !taken.add(name))
        .findFirst()
        .ifPresent(name -> {
          throw new SchemaException(
              "two fields have one name in Java: message=%s name=%s"
                  .formatted(record.message().getFullName(), name));
        });
  }

  String text() {
    String folder = JavaNames.packageOf(record.message().getFile());
    return """
    %s/**
     * Messages of type {@code %s} at fixed places: %d bytes.
     */
    public final class %s extends dev.aeon.slabs.record.SlabRecord {
      /** The name of the message. */
      public static final String NAME = "%s";

      /** Bytes of a record. */
      public static final int BYTE_SIZE = %d;

      /** Stands for every name, type and place: who agrees on it reads what the other wrote. */
      public static final long SCHEMA_ID = 0x%016xL;

    %s
      /** A window that is placed nowhere yet. */
      public %s() {
        super(BYTE_SIZE);
      }

      /** Places the window at an offset that is a multiple of 8; the bytes stay as they are. */
      public %s over(java.lang.foreign.MemorySegment memory, long byteOffset) {
        place(memory, byteOffset);
        return this;
      }

    %s%s}
    """
        .formatted(
            folder.isEmpty() ? "" : "package " + folder + ";\n\n",
            record.message().getFullName(),
            record.byteSize(),
            className,
            record.message().getFullName(),
            record.byteSize(),
            record.schemaId(),
            joined(fields.stream().map(FieldSource::members).toList()),
            className,
            className,
            joined(fields.stream().map(FieldSource::methods).toList()),
            joined(record.message().getRealOneofs().stream().map(this::oneof).toList()));
  }

  /** Which member of a oneof is present. */
  private String oneof(OneofDescriptor oneof) {
    String checks =
        record.fields().stream()
            .filter(each -> oneof.equals(each.descriptor().getRealContainingOneof()))
            .map(each ->
                "    if (isPresent(%d, 0x%x)) {\n      return %d;\n    }\n"
                    .formatted(
                        each.presenceByteOffset(),
                        each.presenceMask(),
                        each.descriptor().getNumber()))
            .collect(Collectors.joining());
    return """
      /** The number of the field of {@code %s} that is present, 0 where none is. */
      public int get%sCase() {
    %s    return 0;
      }

    """
        .formatted(oneof.getName(), JavaNames.camelCase(oneof.getName()), checks);
  }

  private static String joined(List<String> parts) {
    return String.join("", parts);
  }
}
