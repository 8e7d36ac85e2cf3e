package dev.aeon.apm.protobuf;

import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import java.util.Optional;

/** Where schemas come from: a registry, or files. Asked once for each schema; may block. */
@FunctionalInterface
public interface SchemaSource {
  /** The schema's files with all that they import; empty where there is no such schema. */
  Optional<FileDescriptorSet> descriptors(SchemaReference schema);
}
