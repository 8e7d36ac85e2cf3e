package dev.aeon.spoke.validate;

import dev.aeon.spoke.model.SpokeException;
import dev.aeon.spoke.model.Violation;
import dev.aeon.spoke.protoc.Folders;
import dev.aeon.spoke.protoc.Protoc;
import dev.aeon.spoke.validate.image.Image;
import dev.aeon.spoke.validate.image.ImageReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Compiles files to an image, with source information and all that they import. Many files are
 * compiled by several runs of the compiler at once. Thread-safe.
 */
public final class ImageBuilder {
  /** Below this many files a second run costs more than it saves. */
  private static final int FILES_PER_RUN = 400;

  private static final Pattern UNUSED_IMPORT =
      Pattern.compile("(.+?):\\d+:\\d+: warning: Import (.+) is unused\\.");

  private final Protoc protoc;

  public ImageBuilder(Protoc protoc) {
    this.protoc = protoc;
  }

  /**
   * Compiles files.
   *
   * @param roots folders that imports resolve against, in order
   * @param files paths relative to a root; they are checked, what they import is not
   * @throws SpokeException {@code INVALID_SCHEMA} with all violations where they do not compile
   */
  public Image build(List<Path> roots, List<String> files) {
    List<List<String>> runs = split(files);
    if (runs.size() == 1) {
      return compile(roots, files);
    }
    List<Outcome> outcomes = runs.parallelStream().map(run -> attempt(roots, run)).toList();
    List<Violation> violations =
        outcomes.stream().flatMap(outcome -> outcome.violations().stream()).distinct().toList();
    if (!violations.isEmpty()) {
      throw doesNotCompile(violations);
    }
    return Image.merge(outcomes.stream().flatMap(outcome -> outcome.images().stream()).toList());
  }

  private record Outcome(List<Image> images, List<Violation> violations) {}

  private Outcome attempt(List<Path> roots, List<String> files) {
    try {
      return new Outcome(List.of(compile(roots, files)), List.of());
    } catch (SpokeException e) {
      if (e.code() != SpokeException.Code.INVALID_SCHEMA) {
        throw e;
      }
      return new Outcome(List.of(), e.violations());
    }
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

  private Image compile(List<Path> roots, List<String> files) {
    try {
      Path folder = Files.createTempDirectory("spoke-image");
      try {
        Path set = folder.resolve("descriptors.binpb");
        Protoc.Result result = protoc.run(roots, outputs(set), files);
        String messages = withoutRoots(result.messages(), roots);
        if (!result.succeeded()) {
          throw doesNotCompile(ProtocMessages.parse(messages));
        }
        var facts =
            new ImageReader.Facts(
                Set.copyOf(files), unusedImports(messages), path -> source(roots, path));
        return ImageReader.parse(Files.readAllBytes(set), facts);
      } finally {
        Folders.delete(folder);
      }
    } catch (IOException e) {
      throw new SpokeException(
          SpokeException.Code.INTERNAL, "cannot compile, cause=" + e.getMessage(), e);
    }
  }

  private static String source(List<Path> roots, String path) {
    try {
      for (Path root : roots) {
        Path file = root.resolve(path);
        if (Files.isRegularFile(file)) {
          return Files.readString(file);
        }
      }
      return "";
    } catch (IOException e) {
      return "";
    }
  }

  private static List<String> outputs(Path set) {
    return List.of("--descriptor_set_out=" + set, "--include_imports", "--include_source_info");
  }

  private static String withoutRoots(String messages, List<Path> roots) {
    String shortened = messages;
    for (Path root : roots) {
      shortened = shortened.replace(root + "/", "");
    }
    return shortened;
  }

  private static Map<String, Set<String>> unusedImports(String messages) {
    Map<String, Set<String>> unused = new HashMap<>();
    try (Stream<String> lines = messages.lines()) {
      lines
          .map(UNUSED_IMPORT::matcher)
          .filter(Matcher::matches)
          .forEach(m -> unused.computeIfAbsent(m.group(1), f -> new HashSet<>()).add(m.group(2)));
    }
    return unused;
  }

  private static SpokeException doesNotCompile(List<Violation> violations) {
    return new SpokeException(
        SpokeException.Code.INVALID_SCHEMA,
        "the schema does not compile, violations=" + violations.size(),
        violations);
  }
}
