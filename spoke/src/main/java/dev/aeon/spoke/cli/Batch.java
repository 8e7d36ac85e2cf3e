package dev.aeon.spoke.cli;

import dev.aeon.spoke.model.ModuleContent;
import dev.aeon.spoke.model.ModuleName;
import dev.aeon.spoke.model.SpokeException;
import dev.aeon.spoke.model.Version;
import dev.aeon.spoke.validate.Imports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The modules of a folder, in the order in which they can be published. */
final class Batch {
  private final Path folder;
  private final boolean isRecursive;
  private final @Nullable String version;

  Batch(Path folder, boolean isRecursive, @Nullable String version) {
    this.folder = folder;
    this.isRecursive = isRecursive;
    this.version = version;
  }

  /** A version to publish. */
  record Release(ModuleName module, Version version, ModuleContent content) {
    private boolean isImportedBy(Release other) {
      String prefix = module + "/";
      return Imports.ofOthers(other.content).stream()
          .anyMatch(path ->
              path.startsWith(prefix)
                  || content.files().keySet().stream().anyMatch(own -> own.value().equals(path)));
    }
  }

  /**
   * What is imported first; versions of one module oldest first.
   *
   * @throws SpokeException {@code INVALID_REQUEST} where there is no module, or one without a
   *     version
   */
  List<Release> inOrder() {
    List<Release> found = new ArrayList<>();
    for (Path module : folders(folder)) {
      found.addAll(releases(module));
    }
    if (found.isEmpty()) {
      throw new SpokeException(
          SpokeException.Code.INVALID_REQUEST,
          "no folder with .proto files, try -recursive, dir=" + folder);
    }
    Set<Release> ordered = new LinkedHashSet<>();
    found.forEach(release -> visit(release, found, ordered, new LinkedHashSet<>()));
    return List.copyOf(ordered);
  }

  /** What a cycle consists of comes in any order; the registry will refuse it. */
  private static void visit(
      Release release, List<Release> all, Set<Release> ordered, Set<Release> open) {
    if (ordered.contains(release) || !open.add(release)) {
      return;
    }
    all.stream()
        .filter(other -> !other.module.equals(release.module) && other.isImportedBy(release))
        .forEach(other -> visit(other, all, ordered, open));
    ordered.add(release);
  }

  private List<Release> releases(Path module) {
    ModuleName name = new ModuleName(module.getFileName().toString());
    Optional<String> release =
        Optional.ofNullable(version).or(() -> ProjectFile.in(module).release());
    if (release.isPresent()) {
      return release(name, Version.parse(release.get()), module).stream().toList();
    }
    List<Release> releases =
        folders(module).stream()
            .filter(Batch::isVersion)
            .map(path -> release(name, Version.parse(path.getFileName().toString()), path))
            .flatMap(Optional::stream)
            .sorted(java.util.Comparator.comparing(Release::version))
            .toList();
    if (releases.isEmpty() && new ProtoFolder(module).find(isRecursive).isPresent()) {
      throw new SpokeException(
          SpokeException.Code.INVALID_REQUEST,
          "no version: give -version, say release in the module's spoke.yaml, or name a folder"
              + " after it, module="
              + name);
    }
    return releases;
  }

  private Optional<Release> release(ModuleName name, Version release, Path path) {
    return new ProtoFolder(path)
        .find(isRecursive)
        .map(content -> new Release(name, release, content));
  }

  private static boolean isVersion(Path path) {
    try {
      return !Version.parse(path.getFileName().toString()).isCommit();
    } catch (SpokeException e) {
      return false;
    }
  }

  private static List<Path> folders(Path parent) {
    try (Stream<Path> children = Files.list(parent)) {
      return children
          .filter(Files::isDirectory)
          .filter(path -> !path.getFileName().toString().startsWith("."))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new SpokeException(
          SpokeException.Code.INVALID_REQUEST, "no such folder, dir=" + parent, e);
    }
  }
}
