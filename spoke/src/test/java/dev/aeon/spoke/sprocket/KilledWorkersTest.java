package dev.aeon.spoke.sprocket;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** Workers over a folder. */
class KilledWorkersTest extends KilledWorkersContract {
  @TempDir Path folder;

  @Override
  List<String> location() {
    return List.of("-storage-dir", folder.toString());
  }
}
