package dev.aeon.spoke.compile;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import java.util.List;
import java.util.function.Predicate;

/** A module's files and all they import, parsed; what is imported comes first. */
record FileGraph(FileDescriptorSet set) {
  private static final String WELL_KNOWN = "google/protobuf/";

  /** The files to generate code for: all but the well-known types, which every runtime has. */
  List<FileDescriptorProto> generated() {
    return files(file -> !isWellKnown(file));
  }

  List<FileDescriptorProto> wellKnown() {
    return files(FileGraph::isWellKnown);
  }

  private List<FileDescriptorProto> files(Predicate<FileDescriptorProto> wanted) {
    return set.getFileList().stream().filter(wanted).toList();
  }

  List<String> generatedNames() {
    return generated().stream().map(FileDescriptorProto::getName).toList();
  }

  boolean hasServices() {
    return generated().stream().anyMatch(file -> file.getServiceCount() > 0);
  }

  private static boolean isWellKnown(FileDescriptorProto file) {
    return file.getName().startsWith(WELL_KNOWN);
  }
}
