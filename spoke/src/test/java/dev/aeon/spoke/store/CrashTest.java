package dev.aeon.spoke.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

/** Folders whose writers are killed. */
class CrashTest extends CrashContract {
  @TempDir Path folder;

  @Override
  List<String> location() {
    return List.of(folder.toString());
  }

  @Override
  void checkMedium(String when, long versions) throws IOException {
    try (Stream<Path> paths = Files.walk(folder, 4)) {
      assertThat(paths.filter(path -> path.endsWith("version.json")).count())
          .as(when)
          .isEqualTo(versions);
    }
  }
}
