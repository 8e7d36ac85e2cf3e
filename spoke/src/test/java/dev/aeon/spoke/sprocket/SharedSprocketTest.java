package dev.aeon.spoke.sprocket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.spoke.model.Language;
import dev.aeon.spoke.model.ModuleContent;
import dev.aeon.spoke.model.ModuleName;
import dev.aeon.spoke.model.ProtoPath;
import dev.aeon.spoke.model.Version;
import dev.aeon.spoke.registry.SchemaRegistry;
import dev.aeon.spoke.store.ObjectServer;
import dev.aeon.spoke.store.PostgresServer;
import dev.aeon.spoke.store.distributed.DistributedOptions;
import dev.aeon.spoke.store.distributed.DistributedStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Workers that have a database and a bucket in common, and no folder. */
@Timeout(600)
class SharedSprocketTest {
  private static final int MODULES = 8;

  private final Queue<String> done = new ConcurrentLinkedQueue<>();
  private PostgresServer database;
  private ObjectServer objects;
  private DistributedOptions options;

  private final SprocketObserver observer =
      new SprocketObserver() {
        @Override
        public void compiled(Job job, int files) {
          done.add(job.toString());
        }

        @Override
        public void failed(Job job, String message) {
          done.add(job + " failed: " + message);
        }
      };

  @BeforeEach
  void start() throws Exception {
    database = PostgresServer.start();
    objects = ObjectServer.start();
    options =
        DistributedOptions.of(
            database.newSchema(),
            "s3://" + ObjectServer.BUCKET + "/shared",
            Optional.of(objects.uri()));
  }

  @AfterEach
  void stop() throws Exception {
    objects.close();
    database.close();
  }

  @Test
  void workers_ofSeveralMachines_doNothingTwiceAndTellOneStory() throws Exception {
    List<String> expected = new ArrayList<>();
    try (SchemaRegistry one = registry();
        SchemaRegistry other = registry()) {
      for (int i = 0; i < MODULES; i++) {
        push(one, "module" + i);
        expected.add("module" + i + "@v1.0.0 python");
      }
      try (Sprocket first = sprocket(one);
          Sprocket second = sprocket(other)) {
        Thread beside = Thread.ofPlatform().start(first::runUntilIdle);
        second.runUntilIdle();
        beside.join();
      }
      assertThat(done).containsExactlyInAnyOrderElementsOf(expected);
      var status = new SprocketStatus(other, new JobBoard(other.workBoard())).read();
      assertThat(status.languages()).containsExactly("python");
      assertThat(status.compiled()).isEqualTo(MODULES);
      assertThat(status.open()).isZero();
      assertThat(status.running()).isEmpty();
    }
  }

  @Test
  void job_ofAWorkerThatDied_isAnothers() throws Exception {
    try (SchemaRegistry dying = registry();
        SchemaRegistry other = registry();
        Sprocket sprocket = sprocket(other)) {
      push(other, "module");
      assertThat(dying.workBoard().claim("module@v1.0.0.python")).isPresent();
      assertThat(sprocket.round()).isTrue();
      assertThat(done).isEmpty();
      database.execute(
          "SELECT pg_terminate_backend(pid, 60000) FROM pg_locks"
              + " WHERE locktype = 'advisory' AND objsubid = 1 AND pid <> pg_backend_pid()");
      sprocket.runUntilIdle();
      assertThat(done).containsExactly("module@v1.0.0 python");
    }
  }

  private SchemaRegistry registry() {
    return new SchemaRegistry(new DistributedStore(options), InstantSource.system());
  }

  private Sprocket sprocket(SchemaRegistry registry) {
    SprocketSettings settings = new SprocketSettings(List.of(Language.PYTHON), Duration.ZERO, 2);
    return new Sprocket(
        registry, new JobBoard(registry.workBoard()), settings, observer, InstantSource.system());
  }

  private static void push(SchemaRegistry registry, String module) {
    byte[] text = "syntax = \"proto3\"; message M {}".getBytes(UTF_8);
    ModuleContent content = ModuleContent.of(Map.of(new ProtoPath(module + ".proto"), text));
    registry.push(new ModuleName(module), Version.parse("v1.0.0"), "", content, List.of());
  }
}
