package dev.aeon.spoke.http;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** A server over a folder. */
class KilledServerTest extends KilledServerContract {
  @TempDir Path folder;

  @Override
  List<String> location() {
    return List.of("-storage-dir", folder.toString());
  }
}
