package dev.aeon.spoke.http;

import dev.aeon.spoke.store.SharedServers;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** A server over a database and a bucket. */
class KilledSharedServerTest extends KilledServerContract {
  @AutoClose private static SharedServers servers;

  @TempDir Path folder;

  @BeforeAll
  static void startServers() throws Exception {
    servers = SharedServers.start();
  }

  @Override
  List<String> location() throws Exception {
    return servers.newStore(folder);
  }
}
