package dev.aeon.spoke.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aeon.spoke.model.Blob;
import dev.aeon.spoke.model.Change;
import dev.aeon.spoke.model.ModuleVersion;
import dev.aeon.spoke.model.ProtoPath;
import dev.aeon.spoke.model.SchemaDigest;
import dev.aeon.spoke.model.SpokeException;
import dev.aeon.spoke.model.VersionManifest;
import dev.aeon.spoke.store.distributed.DistributedOptions;
import dev.aeon.spoke.store.distributed.DistributedStore;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.jclouds.blobstore.BlobStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Stores over a real database and a server that speaks S3 keep the contract. */
class DistributedStoreTest extends SchemaStoreContract {
  private static PostgresServer database;
  private static ObjectServer objects;

  private DistributedOptions options;

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

  @BeforeEach
  @Override
  void openStore() throws Exception {
    String schema = database.newSchema();
    String prefix = schema.substring(schema.lastIndexOf('=') + 1);
    options =
        DistributedOptions.of(
            schema, "s3://" + ObjectServer.BUCKET + "/" + prefix, Optional.of(objects.uri()));
    super.openStore();
  }

  @Override
  SchemaStore open() {
    return new DistributedStore(options);
  }

  @Test
  void servers_thatPublishAtOnce_agreeOnOneOrderWithoutGaps() throws Exception {
    int servers = 3;
    int each = 20;
    int all = servers * each;
    try (ExecutorService threads = Executors.newFixedThreadPool(servers)) {
      List<Future<?>> running = new ArrayList<>();
      for (int server = 0; server < servers; server++) {
        String module = "server" + server;
        running.add(threads.submit(() -> publish(module, each)));
      }
      for (Future<?> future : running) {
        future.get();
      }
    }
    try (SchemaStore first = open();
        SchemaStore second = open()) {
      assertThat(first.changes(0, 1000)).isEqualTo(second.changes(0, 1000));
      assertThat(first.changes(0, 1000))
          .extracting(Change::sequence)
          .isEqualTo(LongStream.rangeClosed(1, all).boxed().toList());
    }
  }

  private void publish(String module, int count) {
    try (SchemaStore own = open()) {
      for (int i = 0; i < count; i++) {
        own.publish(version(module, "v1." + i + ".0", "content " + i), new byte[] {1});
      }
    }
  }

  @Test
  void object_thatWasChanged_isRefused() {
    ModuleVersion version = version("common", "v1.0.0", "a");
    try (SchemaStore writer = open()) {
      writer.publish(version, new byte[] {1});
    }
    BlobStore bucket = objects.objects();
    bucket.putBlob(
        ObjectServer.BUCKET,
        bucket.blobBuilder(key(SchemaDigest.ofBytes("a".getBytes(UTF_8)))).payload("b").build());
    try (SchemaStore reader = open()) {
      assertThatThrownBy(() -> reader.find(version.module(), version.version()))
          .isInstanceOfSatisfying(
              SpokeException.class,
              e -> assertThat(e.code()).isEqualTo(SpokeException.Code.DIGEST_MISMATCH));
      VersionManifest manifest = reader.manifest(version.module(), version.version()).orElseThrow();
      Blob blob = reader.open(manifest, manifest.file(new ProtoPath("dir/a.proto")).orElseThrow());
      assertThatThrownBy(blob::readAll)
          .isInstanceOf(IOException.class)
          .hasMessageContaining("were changed");
    }
  }

  @Test
  void object_thatIsGone_isNamed() {
    ModuleVersion version = version("common", "v1.0.0", "a");
    try (SchemaStore writer = open()) {
      writer.publish(version, new byte[] {1});
    }
    String key = key(SchemaDigest.ofBytes("a".getBytes(UTF_8)));
    objects.objects().removeBlob(ObjectServer.BUCKET, key);
    try (SchemaStore reader = open()) {
      assertThatThrownBy(() -> reader.find(version.module(), version.version()))
          .isInstanceOf(SpokeException.class)
          .hasMessageContaining("is gone")
          .hasMessageContaining(key);
    }
  }

  private String key(SchemaDigest digest) {
    String hex = digest.value().substring(digest.value().indexOf(':') + 1);
    return options.prefix() + "sha256/" + hex.substring(0, 2) + "/" + hex.substring(2);
  }

  @Test
  void database_thatWentAway_isUnavailableAndThenServedAgain() throws Exception {
    try (SchemaStore own = open()) {
      own.publish(version("common", "v1.0.0", "a"), new byte[] {1});
      database.execute(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
              + " WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'");
      ModuleVersion next = version("common", "v1.1.0", "b");
      assertThat(publishUntilServed(own, next)).isNotNull();
      assertThat(own.versions(next.module())).hasSize(2);
    }
  }

  @Test
  void claim_ofAWorkerThatDied_isFreeForOthers() throws Exception {
    try (SchemaStore worker = open();
        SchemaStore other = open()) {
      WorkBoard.Claim claim = worker.workBoard().claim("a@v1.0.0.java").orElseThrow();
      assertThat(other.workBoard().claim("a@v1.0.0.java")).isEmpty();
      database.execute(
          "SELECT pg_terminate_backend(pid, 60000) FROM pg_locks"
              + " WHERE locktype = 'advisory' AND objsubid = 1");
      try (WorkBoard.Claim next = other.workBoard().claim("a@v1.0.0.java").orElseThrow()) {
        assertThat(next).isNotNull();
        assertThatThrownBy(claim::close).isInstanceOf(SpokeException.class);
        assertThat(worker.workBoard().claim("a@v1.0.0.java")).isEmpty();
      }
      try (WorkBoard.Claim again = worker.workBoard().claim("a@v1.0.0.java").orElseThrow()) {
        assertThat(again).isNotNull();
      }
    }
  }

  /** Each connection of the pool that was cut fails once. */
  private static SchemaStore.Outcome publishUntilServed(SchemaStore store, ModuleVersion version) {
    for (int attempt = 0; attempt < 20; attempt++) {
      try {
        return store.publish(version, new byte[] {1});
      } catch (SpokeException e) {
        assertThat(e.code()).isEqualTo(SpokeException.Code.UNAVAILABLE);
      }
    }
    throw new AssertionError("not served again");
  }

  @Test
  void bucket_thatIsMissing_isSaidAtOnce() {
    DistributedOptions elsewhere =
        new DistributedOptions(
            options.database(), "missing", "", options.endpoint(), 2, options.patience());
    assertThatThrownBy(() -> new DistributedStore(elsewhere))
        .isInstanceOf(SpokeException.class)
        .hasMessageContaining("bucket=missing");
  }

  @Test
  void database_thatIsMissing_isSaidAtOnce() {
    DistributedOptions elsewhere =
        DistributedOptions.of(
            "postgresql://127.0.0.1:1/none?user=spoke&password=hush",
            "s3://schemas",
            options.endpoint());
    assertThatThrownBy(() -> new DistributedStore(elsewhere))
        .isInstanceOfSatisfying(
            SpokeException.class,
            e -> assertThat(e.code()).isEqualTo(SpokeException.Code.UNAVAILABLE));
    assertThat(elsewhere.toString()).doesNotContain("hush");
  }

  @Test
  void addresses_thatAreNone_areRefused() {
    for (String wrong : List.of("", "schemas", "http://schemas", "s3:///prefix", "s3://a b")) {
      assertThatThrownBy(
              () -> DistributedOptions.of("postgresql://localhost/a", wrong, Optional.empty()))
          .as(wrong)
          .isInstanceOf(SpokeException.class);
    }
    assertThatThrownBy(
            () -> DistributedOptions.of("mysql://localhost/a", "s3://a", Optional.<URI>empty()))
        .isInstanceOf(SpokeException.class);
  }
}
