package dev.aeon.spoke.compile;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Rust code is one crate; the well-known types are another, which a mapping file names. */
final class RustCrates {
  static final String MAPPING = "crates.txt";

  /** The crate's root; it lies in the folder of the first file. */
  static final String ENTRY_POINT = "generated.rs";

  private static final String WELL_KNOWN_CRATE = "protobuf_well_known_types";

  private RustCrates() {}

  /** The step that generates the crate, for which the mapping is written. */
  static Step step(FileGraph graph, Path mapping) throws IOException {
    Files.write(mapping, mappingLines(graph));
    return Step.builtIn(
        "rust", "experimental-codegen=enabled", "kernel=upb", "crate_mapping=" + mapping);
  }

  private static List<String> mappingLines(FileGraph graph) {
    List<String> names = graph.wellKnown().stream().map(FileDescriptorProto::getName).toList();
    List<String> lines = new ArrayList<>();
    if (!names.isEmpty()) {
      lines.add(WELL_KNOWN_CRATE);
      lines.add(Integer.toString(names.size()));
      lines.addAll(names);
    }
    return lines;
  }
}
