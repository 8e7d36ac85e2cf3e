package dev.aeon.spoke.compile;

import dev.aeon.spoke.model.Blob;
import dev.aeon.spoke.model.SpokeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What generators wrote, within limits: plain files alone, no links, nothing outside. */
final class OutputFolder {
  private static final long LIMIT_BYTES = 256L << 20;

  private OutputFolder() {}

  static SortedMap<String, Blob> list(Path output) throws IOException {
    SortedMap<String, Blob> files = new TreeMap<>();
    long byteCount = 0;
    try (Stream<Path> paths = Files.walk(output)) {
      for (Path path : paths.filter(OutputFolder::isPlainFile).toList()) {
        byteCount += Files.size(path);
        if (byteCount > LIMIT_BYTES) {
          throw new SpokeException(
              SpokeException.Code.LIMIT_EXCEEDED,
              "compiled files are too large, limitBytes=" + LIMIT_BYTES);
        }
        files.put(output.relativize(path).toString(), Blob.of(path));
      }
    }
    return files;
  }

  private static boolean isPlainFile(Path path) {
    return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
  }
}
