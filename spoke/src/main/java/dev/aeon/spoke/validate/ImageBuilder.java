package dev.aeon.spoke.validate;

import dev.aeon.spoke.model.SpokeException;
import dev.aeon.spoke.protoc.Protoc;
import dev.aeon.spoke.validate.image.Image;
import dev.aeon.spoke.validate.image.ImageReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
  private static final Pattern UNUSED_IMPORT =
      Pattern.compile("(.+?):\\d+:\\d+: warning: Import (.+) is unused\\.");

  private final CompilerRuns runs;

  public ImageBuilder(Protoc protoc) {
    this.runs = new CompilerRuns(protoc, true);
  }

  /**
   * Compiles files.
   *
   * @param roots folders that imports resolve against, in order
   * @param files paths relative to a root; they are checked, what they import is not
   * @throws SpokeException {@code INVALID_SCHEMA} with all violations where they do not compile
   */
  public Image build(List<Path> roots, List<String> files) {
    List<Image> images = runs.compile(roots, files, compiled -> image(compiled, roots));
    return images.size() == 1 ? images.getFirst() : Image.merge(images);
  }

  private static Image image(CompilerRuns.Compiled compiled, List<Path> roots) {
    var facts =
        new ImageReader.Facts(
            Set.copyOf(compiled.files()),
            unusedImports(compiled.messages()),
            path -> source(roots, path));
    return ImageReader.parse(compiled.descriptors(), facts);
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
}
