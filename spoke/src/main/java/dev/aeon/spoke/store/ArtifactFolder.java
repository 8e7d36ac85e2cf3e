package dev.aeon.spoke.store;

import dev.aeon.spoke.model.Blob;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What was compiled of a version for one language: a folder that is there whole or not at all. */
record ArtifactFolder(Path folder) {

  Optional<Artifact> read() {
    if (!Files.isDirectory(folder)) {
      return Optional.empty();
    }
    SortedMap<String, Blob> files = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(folder)) {
      List<Path> plain = paths.filter(Files::isRegularFile).toList();
      for (Path path : plain) {
        files.put(folder.relativize(path).toString(), Blob.of(path));
      }
      return Optional.of(new Artifact(files, () -> {}));
    } catch (IOException e) {
      throw StoreFailure.of("cannot read artifacts, folder=" + folder, e);
    }
  }

  /** Writes the files to {@code prepared} and moves that into place, unless another was first. */
  void save(SortedMap<String, Blob> files, Path prepared) {
    ArtifactPaths.refuseLeadingOut(files.keySet());
    try {
      DurableFiles.writeTree(prepared, files);
      Files.createDirectories(folder.getParent());
      if (!moveIntoPlace(prepared)) {
        DurableFiles.deleteTree(prepared);
      }
    } catch (IOException e) {
      throw StoreFailure.of("cannot save artifacts, folder=" + folder, e);
    }
  }

  private boolean moveIntoPlace(Path prepared) throws IOException {
    try {
      Files.move(prepared, folder, StandardCopyOption.ATOMIC_MOVE);
      DurableFiles.forceFolder(folder.getParent());
      return true;
    } catch (FileSystemException e) {
      if (Files.isDirectory(folder)) {
        return false;
      }
      throw e;
    }
  }
}
