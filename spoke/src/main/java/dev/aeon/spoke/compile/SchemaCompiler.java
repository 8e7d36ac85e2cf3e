package dev.aeon.spoke.compile;

import dev.aeon.spoke.model.Language;
import dev.aeon.spoke.model.ModuleContent;
import dev.aeon.spoke.model.ModuleVersion;
import dev.aeon.spoke.model.SpokeException;
import dev.aeon.spoke.protoc.Protoc;
import dev.aeon.spoke.protoc.SourceTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Compiles the files of a module; those of its dependencies are compiled with their own module. */
public final class SchemaCompiler {
  private static final long OUTPUT_LIMIT_BYTES = 256L << 20;

  private final Protoc protoc;

  public SchemaCompiler(Protoc protoc) {
    this.protoc = protoc;
  }

  /**
   * Compiles.
   *
   * @return the generated files by relative path
   * @throws SpokeException {@code INVALID_SCHEMA} where it does not compile, {@code LIMIT_EXCEEDED}
   *     where the output is larger than 256 MiB
   */
  public SortedMap<String, byte[]> compile(
      ModuleContent content, Collection<ModuleVersion> dependencies, Language language) {
    try (SourceTree tree = SourceTree.write(content, dependencies)) {
      Path output = tree.outputFolder();
      String option = "--" + language.id() + "_out=" + output;
      Protoc.Result result = protoc.run(tree.includes(), List.of(option), tree.ownFiles());
      if (!result.succeeded()) {
        throw new SpokeException(
            SpokeException.Code.INVALID_SCHEMA,
            "cannot compile for " + language.id() + ": " + tree.shorten(result.messages()).strip());
      }
      return read(output);
    } catch (IOException e) {
      throw new SpokeException(
          SpokeException.Code.INTERNAL, "cannot read compiled files: " + e.getMessage(), e);
    }
  }

  private static SortedMap<String, byte[]> read(Path output) throws IOException {
    SortedMap<String, byte[]> files = new TreeMap<>();
    long byteCount = 0;
    try (Stream<Path> paths = Files.walk(output)) {
      for (Path path : paths.filter(SchemaCompiler::isPlainFile).toList()) {
        byteCount += Files.size(path);
        if (byteCount > OUTPUT_LIMIT_BYTES) {
          throw new SpokeException(
              SpokeException.Code.LIMIT_EXCEEDED,
              "compiled files are too large, limitBytes=" + OUTPUT_LIMIT_BYTES);
        }
        files.put(output.relativize(path).toString(), Files.readAllBytes(path));
      }
    }
    return files;
  }

  private static boolean isPlainFile(Path path) {
    return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
  }
}
