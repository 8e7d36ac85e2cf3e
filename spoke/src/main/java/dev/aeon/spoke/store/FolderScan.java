package dev.aeon.spoke.store;

import dev.aeon.spoke.model.Change;
import dev.aeon.spoke.model.SpokeException;
import dev.aeon.spoke.model.VersionManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the versions that lie in a folder without a journal of how they came there. */
final class FolderScan {
  private static final Logger LOG = LoggerFactory.getLogger(FolderScan.class);
  private static final int MAX_DEPTH = 7;

  private FolderScan() {}

  /** All versions that can be read, oldest first; one that cannot does not hide the others. */
  static List<Change> versions(Path root, String versionFile) throws IOException {
    try (Stream<Path> paths = Files.walk(root, MAX_DEPTH)) {
      return paths
          .filter(path -> path.endsWith(versionFile) && isOfVersion(path))
          .flatMap(path -> read(root, path).stream())
          .sorted(Comparator.comparing(Change::createdAt))
          .toList();
    }
  }

  private static boolean isOfVersion(Path versionFile) {
    Path version = versionFile.getParent();
    Path versions = version == null ? null : version.getParent();
    return versions != null && versions.endsWith("versions");
  }

  private static Optional<Change> read(Path root, Path versionFile) {
    try {
      byte[] bytes = Files.readAllBytes(versionFile);
      VersionManifest found = StoreJson.read(bytes, VersionFile.class).toManifest();
      Path expected =
          root.resolve(found.module().value())
              .resolve("versions")
              .resolve(found.version().toString());
      return expected.equals(versionFile.getParent())
          ? Optional.of(
              new Change(0, found.module(), found.version(), found.digest(), found.createdAt()))
          : Optional.empty();
    } catch (IOException | SpokeException e) {
      LOG.warn("left out: {}: {}", versionFile, e.getMessage());
      return Optional.empty();
    }
  }
}
