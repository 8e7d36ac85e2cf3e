package dev.aeon.spoke.store;

import dev.aeon.spoke.model.Change;
import dev.aeon.spoke.model.VersionManifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts right, from the publication log of a process that was killed, what a power cut took from the
 * folders of versions that it had published. The log is kept until those have been forced.
 */
final class Salvage {
  private static final Logger LOG = LoggerFactory.getLogger(Salvage.class);

  private final Path root;
  private final List<Change> found = new ArrayList<>();
  private final Map<Path, List<Path>> segments = new LinkedHashMap<>();

  Salvage(Path root) {
    this.root = root;
  }

  /** The versions of all logs that were taken, oldest first. */
  List<Change> found() {
    return found;
  }

  /** The logs that were taken, and the folders of the versions in each: they are not forced yet. */
  Map<Path, List<Path>> segments() {
    return segments;
  }

  /** Takes the log of an abandoned work folder to another's. */
  void take(Path abandoned, Path folder) throws IOException {
    try (Stream<Path> files = Files.list(abandoned)) {
      for (Path segment : files.filter(PublicationLog::isSegment).sorted().toList()) {
        List<Path> versions = new ArrayList<>();
        for (PublicationRecord each : PublicationRecord.decodeAll(Files.readAllBytes(segment))) {
          restore(each);
          versions.add(root.resolve(each.folder()));
        }
        Path taken = folder.resolve("salvaged-" + segments.size() + PublicationLog.SUFFIX);
        segments.put(Files.move(segment, taken), versions);
      }
    }
  }

  private void restore(PublicationRecord record) throws IOException {
    Path folder = root.resolve(record.folder());
    byte[] versionFile = record.files().get(StoreLayout.VERSION_FILE);
    if (versionFile == null || isOther(folder, versionFile)) {
      return;
    }
    if (!isWhole(folder, record)) {
      LOG.warn("restoring what was lost of {}", record.folder());
      DurableFiles.writeTreeLazily(folder, record.files());
    }
    VersionManifest manifest = StoreJson.read(versionFile, VersionFile.class).toManifest();
    found.add(
        new Change(
            0, manifest.module(), manifest.version(), manifest.digest(), manifest.createdAt()));
  }

  /** Whether another publication won, so that the record's never came about. */
  private static boolean isOther(Path folder, byte[] versionFile) throws IOException {
    Path existing = folder.resolve(StoreLayout.VERSION_FILE);
    return Files.exists(existing)
        && Files.size(existing) > 0
        && !Arrays.equals(Files.readAllBytes(existing), versionFile);
  }

  private static boolean isWhole(Path folder, PublicationRecord record) throws IOException {
    for (Map.Entry<String, byte[]> file : record.files().entrySet()) {
      Path path = folder.resolve(file.getKey());
      if (!Files.exists(path) || !Arrays.equals(Files.readAllBytes(path), file.getValue())) {
        return false;
      }
    }
    return true;
  }
}
