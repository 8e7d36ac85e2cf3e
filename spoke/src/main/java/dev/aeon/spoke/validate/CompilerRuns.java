package dev.aeon.spoke.validate;

import dev.aeon.spoke.model.SpokeException;
import dev.aeon.spoke.model.Violation;
import dev.aeon.spoke.protoc.Folders;
import dev.aeon.spoke.protoc.Protoc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs of the compiler, side by side, on parts of many files. Thread-safe. */
final class CompilerRuns {
  /** Below this many files a second run costs more than it saves. */
  private static final int FILES_PER_RUN = 400;

  private final Protoc protoc;
  private final boolean hasSourceInfo;

  CompilerRuns(Protoc protoc, boolean hasSourceInfo) {
    this.protoc = protoc;
    this.hasSourceInfo = hasSourceInfo;
  }

  /** What a run made. */
  static final class Compiled {
    private final List<String> files;
    private final byte[] descriptors;
    private final String messages;

    private Compiled(List<String> files, byte[] descriptors, String messages) {
      this.files = files;
      this.descriptors = descriptors;
      this.messages = messages;
    }

    /** Those that it was given. */
    List<String> files() {
      return files;
    }

    /** A serialised {@code FileDescriptorSet} with all imports; not a copy. */
    byte[] descriptors() {
      return descriptors;
    }

    /** Its warnings, with paths as imports have them. */
    String messages() {
      return messages;
    }
  }

  private record Outcome(List<Compiled> compiled, List<Violation> violations) {}

  /**
   * Compiles files; what the runs made stands in the order of the files.
   *
   * @param roots folders that imports resolve against, in order
   * @throws SpokeException {@code INVALID_SCHEMA} with all violations where they do not compile
   */
  List<Compiled> compile(List<Path> roots, List<String> files) {
    List<Outcome> outcomes =
        split(files).parallelStream().map(part -> attempt(roots, part)).toList();
    List<Violation> violations =
        outcomes.stream().flatMap(outcome -> outcome.violations().stream()).distinct().toList();
    if (!violations.isEmpty()) {
      throw new SpokeException(
          SpokeException.Code.INVALID_SCHEMA,
          "the schema does not compile, violations=" + violations.size(),
          violations);
    }
    return outcomes.stream().flatMap(outcome -> outcome.compiled().stream()).toList();
  }

  private static List<List<String>> split(List<String> files) {
    int processors = Runtime.getRuntime().availableProcessors();
    int runs = Math.clamp(files.size() / FILES_PER_RUN, 1, processors);
    List<List<String>> parts = new ArrayList<>();
    for (int i = 0; i < runs; i++) {
      int from = (int) ((long) files.size() * i / runs);
      int to = (int) ((long) files.size() * (i + 1) / runs);
      parts.add(files.subList(from, to));
    }
    return parts;
  }

  private Outcome attempt(List<Path> roots, List<String> files) {
    try {
      Path folder = Files.createTempDirectory("spoke-image");
      try {
        Path set = folder.resolve("descriptors.binpb");
        Protoc.Result result = protoc.run(roots, outputs(set), files);
        String messages = withoutRoots(result.messages(), roots);
        return result.succeeded()
            ? new Outcome(
                List.of(new Compiled(files, Files.readAllBytes(set), messages)), List.of())
            : new Outcome(List.of(), ProtocMessages.parse(messages));
      } finally {
        Folders.delete(folder);
      }
    } catch (IOException e) {
      throw new SpokeException(
          SpokeException.Code.INTERNAL, "cannot compile, cause=" + e.getMessage(), e);
    }
  }

  private List<String> outputs(Path set) {
    List<String> options = new ArrayList<>();
    options.add("--descriptor_set_out=" + set);
    options.add("--include_imports");
    if (hasSourceInfo) {
      options.add("--include_source_info");
    }
    return options;
  }

  private static String withoutRoots(String messages, List<Path> roots) {
    String shortened = messages;
    for (Path root : roots) {
      shortened = shortened.replace(root + "/", "");
    }
    return shortened;
  }
}
