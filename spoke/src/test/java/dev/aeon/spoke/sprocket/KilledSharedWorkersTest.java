package dev.aeon.spoke.sprocket;

import dev.aeon.spoke.store.ObjectServer;
import dev.aeon.spoke.store.PostgresServer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Workers over a database and a bucket. */
class KilledSharedWorkersTest extends KilledWorkersContract {
  private static PostgresServer database;
  private static ObjectServer objects;

  @TempDir Path folder;

  @BeforeAll
  static void startServers() throws Exception {
    database = PostgresServer.start();
    objects = ObjectServer.start();
  }

  @AfterAll
  static void stopServers() throws Exception {
    objects.close();
    database.close();
  }

  @Override
  List<String> location() throws Exception {
    return List.of(
        "-storage-dir",
        folder.toString(),
        "-database",
        database.newSchema(),
        "-objects",
        "s3://" + ObjectServer.BUCKET,
        "-objects-endpoint",
        objects.uri().toString());
  }
}
