package dev.aeon.spoke.cli;

import dev.aeon.spoke.model.ModuleContent;
import dev.aeon.spoke.model.ProtoPath;
import dev.aeon.spoke.model.SpokeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A folder of {@code .proto} files on this machine. */
final class ProtoFolder {
  private final Path folder;

  ProtoFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * Reads all files below the folder, hidden ones left out.
   *
   * @throws SpokeException {@code INVALID_REQUEST} where there is no such folder, no file, or a
   *     link in place of one: what it leads to may lie anywhere
   */
  ModuleContent read() {
    return find(true)
        .orElseThrow(() ->
            new SpokeException(
                SpokeException.Code.INVALID_REQUEST, "no .proto file, dir=" + folder));
  }

  /** The same, or the files directly in the folder alone; empty where there is none. */
  Optional<ModuleContent> find(boolean isRecursive) {
    if (!Files.isDirectory(folder)) {
      throw new SpokeException(
          SpokeException.Code.INVALID_REQUEST, "no such folder, dir=" + folder);
    }
    try (Stream<Path> paths = Files.walk(folder, isRecursive ? Integer.MAX_VALUE : 1)) {
      Map<ProtoPath, byte[]> files = new TreeMap<>();
      List<Path> protos = paths.filter(this::isProto).toList();
      for (Path proto : protos) {
        refuseLink(proto);
        String path = folder.relativize(proto).toString();
        files.put(new ProtoPath(path), Files.readAllBytes(proto));
      }
      return files.isEmpty() ? Optional.empty() : Optional.of(ModuleContent.of(files));
    } catch (IOException | java.io.UncheckedIOException e) {
      throw new SpokeException(
          SpokeException.Code.INTERNAL, "cannot read, cause=" + e.getMessage(), e);
    }
  }

  private boolean isProto(Path path) {
    boolean isHidden = false;
    for (Path segment : folder.relativize(path)) {
      isHidden |= segment.toString().startsWith(".");
    }
    return !isHidden
        && path.toString().endsWith(".proto")
        && !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
  }

  /** Writes files below the folder; their paths were checked to stay inside. */
  void write(SortedMap<String, byte[]> files) {
    try {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        Path target = folder.resolve(file.getKey()).normalize();
        if (!target.startsWith(folder.normalize())) {
          throw new SpokeException(
              SpokeException.Code.INVALID_REQUEST, "a path leads outside, path=" + file.getKey());
        }
        refuseLink(target);
        Files.createDirectories(target.getParent());
        Files.write(target, file.getValue());
      }
    } catch (IOException e) {
      throw new SpokeException(
          SpokeException.Code.INTERNAL,
          "cannot write, cause=" + e.getClass().getSimpleName() + " " + e.getMessage(),
          e);
    }
  }

  private void refuseLink(Path file) {
    for (Path path = file; path != null && !path.equals(folder); path = path.getParent()) {
      if (Files.isSymbolicLink(path)) {
        throw new SpokeException(
            SpokeException.Code.INVALID_REQUEST, "a symbolic link is in the way, path=" + path);
      }
    }
  }
}
