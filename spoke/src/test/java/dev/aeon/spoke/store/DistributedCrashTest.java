package dev.aeon.spoke.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Databases and buckets whose writers are killed. */
class DistributedCrashTest extends CrashContract {
  private static PostgresServer database;
  private static ObjectServer objects;
  private static String schema;

  @BeforeAll
  static void startServers() throws Exception {
    database = PostgresServer.start();
    objects = ObjectServer.start();
    schema = database.newSchema();
  }

  @AfterAll
  static void stopServers() throws Exception {
    objects.close();
    database.close();
  }

  @Override
  List<String> location() {
    return List.of(schema, "s3://" + ObjectServer.BUCKET, objects.uri().toString());
  }

  @Override
  void checkMedium(String when, long versions) {
    try (SchemaStore store = CrashVictim.open(location())) {
      assertThat(store.lastSequence()).as(when).isEqualTo(versions);
    }
  }
}
