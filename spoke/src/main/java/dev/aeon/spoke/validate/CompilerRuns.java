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
import java.util.function.Function;

/** Runs of the compiler, side by side, on parts of many files. Thread-safe. */
final class CompilerRuns {
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

  private record Outcome<T>(List<T> results, List<Violation> violations) {}

  /**
   * Compiles files. What the runs made stands in the order of the files.
   *
   * @param roots folders that imports resolve against, in order
   * @param reader makes something of what a run made, while others still run
   * @throws SpokeException {@code INVALID_SCHEMA} with all violations where they do not compile
   */
  <T> List<T> compile(List<Path> roots, List<String> files, Function<Compiled, T> reader) {
    List<Outcome<T>> outcomes =
        FileParts.of(roots, files).parallelStream()
            .map(part -> attempt(roots, part, reader))
            .toList();
    List<Violation> violations =
        outcomes.stream().flatMap(outcome -> outcome.violations().stream()).distinct().toList();
    if (!violations.isEmpty()) {
      throw new SpokeException(
          SpokeException.Code.INVALID_SCHEMA,
          "the schema does not compile, violations=" + violations.size(),
          violations);
    }
    return outcomes.stream().flatMap(outcome -> outcome.results().stream()).toList();
  }

  private <T> Outcome<T> attempt(
      List<Path> roots, List<String> files, Function<Compiled, T> reader) {
    try {
      Path folder = Files.createTempDirectory("spoke-image");
      try {
        Path set = folder.resolve("descriptors.binpb");
        Protoc.Result result = protoc.run(roots, outputs(set), files);
        String messages = withoutRoots(result.messages(), roots);
        if (!result.succeeded()) {
          return new Outcome<>(List.of(), ProtocMessages.parse(messages));
        }
        Compiled compiled = new Compiled(files, Files.readAllBytes(set), messages);
        return new Outcome<>(List.of(reader.apply(compiled)), List.of());
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
