package dev.aeon.spoke.protoc;

import dev.aeon.spoke.model.ModuleContent;
import dev.aeon.spoke.model.ModuleVersion;
import dev.aeon.spoke.model.ProtoPath;
import dev.aeon.spoke.model.SpokeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * A temporary folder with a module's files and those of all it depends on, laid out so that imports
 * resolve: own files by their path, a dependency's by {@code module/path} or by their path alone.
 */
public final class SourceTree implements AutoCloseable {
  private final Path folder;
  private final List<Path> includes = new ArrayList<>();
  private final List<String> ownFiles;
  private final Set<Path> folders = new HashSet<>();
  private final List<Path> written = new ArrayList<>();
  private boolean hasOutput;

  private SourceTree(Path folder, ModuleContent content) {
    this.folder = folder;
    this.ownFiles = content.files().keySet().stream().map(ProtoPath::value).toList();
  }

  /** Writes the files; the caller closes the tree, which deletes them. */
  public static SourceTree write(ModuleContent content, Collection<ModuleVersion> dependencies) {
    try {
      SourceTree tree =
          new SourceTree(Folders.create("spoke-sources", byteSize(content, dependencies)), content);
      try {
        tree.writeAll(content, dependencies);
        return tree;
      } catch (IOException e) {
        tree.close();
        throw e;
      }
    } catch (IOException e) {
      throw new SpokeException(
          SpokeException.Code.INTERNAL, "cannot write sources: " + e.getMessage(), e);
    }
  }

  private static long byteSize(ModuleContent content, Collection<ModuleVersion> dependencies) {
    return content.byteSize()
        + dependencies.stream().mapToLong(each -> each.content().byteSize()).sum();
  }

  private void writeAll(ModuleContent content, Collection<ModuleVersion> dependencies)
      throws IOException {
    Path own = folder.resolve("own");
    write(own, content);
    includes.add(own);
    if (dependencies.isEmpty()) {
      return;
    }
    Path others = folder.resolve("others");
    create(others);
    includes.add(others);
    for (ModuleVersion dependency : dependencies) {
      Path root = others.resolve(dependency.module().value());
      write(root, dependency.content());
      includes.add(root);
    }
  }

  private void write(Path root, ModuleContent content) throws IOException {
    create(root);
    for (var file : content.files().entrySet()) {
      Path target = root.resolve(file.getKey().value());
      create(Objects.requireNonNull(target.getParent()));
      Files.write(target, file.getValue());
      written.add(target);
    }
  }

  /** Creates a folder, after those above it. */
  private void create(Path wanted) throws IOException {
    if (!wanted.equals(folder) && folders.add(wanted)) {
      create(Objects.requireNonNull(wanted.getParent()));
      Files.createDirectory(wanted);
      written.add(wanted);
    }
  }

  public List<Path> includes() {
    return includes;
  }

  /** The module's own files, as the compiler is given them. */
  public List<String> ownFiles() {
    return ownFiles;
  }

  /** The compiler's messages with paths as imports have them, without this tree's folders. */
  public String shorten(String messages) {
    String shortened = messages;
    for (Path include : includes.subList(0, Math.min(2, includes.size()))) {
      shortened = shortened.replace(include + "/", "");
    }
    return shortened;
  }

  /** A fresh folder in the tree for what the compiler writes. */
  public Path outputFolder() throws IOException {
    hasOutput = true;
    return Files.createDirectories(folder.resolve("output"));
  }

  /** A file in the tree for what is neither source nor output. */
  public Path scratchFile(String name) {
    Path file = folder.resolve(name);
    written.add(file);
    return file;
  }

  /** What is known need not be looked for: a tree of one file goes in a tenth of the time. */
  @Override
  public void close() {
    if (hasOutput) {
      Folders.delete(folder);
      return;
    }
    Folders.delete(folder, written.reversed());
  }
}
