package dev.aeon.spoke.sprocket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.spoke.model.Dependency;
import dev.aeon.spoke.model.Language;
import dev.aeon.spoke.model.ModuleContent;
import dev.aeon.spoke.model.ModuleName;
import dev.aeon.spoke.model.ProtoPath;
import dev.aeon.spoke.model.Version;
import dev.aeon.spoke.registry.SchemaRegistry;
import dev.aeon.spoke.store.FileSystemStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(600)
class SprocketTest {
  private static final Duration DELAY = Duration.ofSeconds(10);
  private static final String LEAF = "syntax = \"proto3\"; package %s; message M {}";
  private static final String CLOSED_ENUM =
      "edition = \"2023\"; enum E { option features.enum_type = CLOSED; A = 1; }";

  @TempDir Path storage;
  private Instant now = Instant.EPOCH;
  private SchemaRegistry registry;
  private JobBoard board;
  private final List<String> done = Collections.synchronizedList(new ArrayList<>());
  private final List<String> failures = Collections.synchronizedList(new ArrayList<>());

  private final SprocketObserver observer =
      new SprocketObserver() {
        @Override
        public void compiled(Job job, int files) {
          done.add(job.toString());
        }

        @Override
        public void failed(Job job, String message) {
          failures.add(job + ": " + message);
        }
      };

  @BeforeEach
  void open() {
    registry = new SchemaRegistry(new FileSystemStore(storage), () -> now);
    board = new JobBoard(registry.workBoard());
  }

  @AfterEach
  void close() {
    registry.close();
  }

  @Test
  void version_isCompiledOnceItsModuleHasBeenQuietForTheDelay() {
    try (Sprocket sprocket = sprocket(Language.JAVA)) {
      push("common", "v1.0.0", LEAF.formatted("common"));
      assertThat(sprocket.round()).isTrue();
      now = now.plusSeconds(6);
      push("common", "v1.1.0", LEAF.formatted("common"));
      assertThat(sprocket.round()).isTrue();
      now = now.plusSeconds(6);
      assertThat(sprocket.round()).isTrue();
      assertThat(done).isEmpty();
      now = now.plusSeconds(4);
      assertThat(sprocket.round()).isFalse();
      assertThat(done).containsExactly("common@v1.0.0 java", "common@v1.1.0 java");
    }
  }

  @Test
  void versions_areCompiledAfterWhatTheyDependOn() {
    push("z", "v1.0.0", LEAF.formatted("z"));
    push("m", "v1.0.0", importing("m", "z"));
    push("a", "v1.0.0", importing("a", "m"));
    try (Sprocket sprocket = sprocket(Language.PYTHON)) {
      quiet(sprocket);
    }
    assertThat(done).containsExactly("z@v1.0.0 python", "m@v1.0.0 python", "a@v1.0.0 python");
    assertThat(storage.resolve("a/versions/v1.0.0/python/a_pb2.py")).exists();
  }

  @Test
  void worker_startedAgain_doesOnlyWhatIsNotDone() {
    push("common", "v1.0.0", LEAF.formatted("common"));
    try (Sprocket sprocket = sprocket(Language.JAVA)) {
      quiet(sprocket);
    }
    push("other", "v1.0.0", LEAF.formatted("other"));
    done.clear();
    try (Sprocket sprocket = sprocket(Language.JAVA)) {
      quiet(sprocket);
    }
    assertThat(done).containsExactly("other@v1.0.0 java");
  }

  @Test
  void failure_isKeptWithItsReasonAndHoldsUpNobody() {
    push("old", "v1.0.0", CLOSED_ENUM);
    push("good", "v1.0.0", LEAF.formatted("good"));
    try (Sprocket sprocket = sprocket(Language.PHP, Language.JAVA)) {
      quiet(sprocket);
    }
    assertThat(done)
        .containsExactlyInAnyOrder("old@v1.0.0 java", "good@v1.0.0 php", "good@v1.0.0 java");
    assertThat(failures).singleElement().asString().contains("old@v1.0.0 php", "closed enum");
    var status = new SprocketStatus(registry, board).read();
    assertThat(status.languages()).containsExactly("php", "java");
    assertThat(status.compiled()).isEqualTo(3);
    assertThat(status.open()).isEqualTo(1);
    assertThat(status.failed())
        .singleElement()
        .satisfies(entry -> assertThat(entry.message()).contains("closed enum"));
    assertThat(status.running()).isEmpty();
  }

  @Test
  void workers_onOneStore_shareTheWorkAndDoNothingTwice() throws Exception {
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      push("module" + i, "v1.0.0", LEAF.formatted("p" + i));
      expected.add("module" + i + "@v1.0.0 java");
    }
    try (Sprocket first = sprocket(Language.JAVA);
        Sprocket second = sprocket(Language.JAVA)) {
      first.round();
      second.round();
      now = now.plus(DELAY);
      Thread other = Thread.ofPlatform().start(first::runUntilIdle);
      second.runUntilIdle();
      other.join();
    }
    assertThat(done).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void claim_isHeldByOneUntilItIsClosed() {
    Job job = new Job(Dependency.parse("acme/common@v1.0.0"), Language.GO);
    JobBoard others = new JobBoard(registry.workBoard());
    try (JobBoard.Claim claim = board.claim(job, now).orElseThrow()) {
      assertThat(claim).isNotNull();
      assertThat(others.claim(job, now)).isEmpty();
      assertThat(others.running())
          .singleElement()
          .satisfies(entry -> assertThat(entry.module()).isEqualTo("acme/common"));
    }
    assertThat(others.running()).isEmpty();
    others.claim(job, now).orElseThrow().close();
  }

  @Test
  void close_endsARunningWorker() throws Exception {
    Sprocket sprocket = sprocket(Language.JAVA);
    CountDownLatch ended = new CountDownLatch(1);
    Thread.ofPlatform()
        .start(() -> {
          sprocket.run();
          ended.countDown();
        });
    sprocket.close();
    assertThat(ended.await(60, TimeUnit.SECONDS)).isTrue();
  }

  private Sprocket sprocket(Language... languages) {
    SprocketSettings settings = new SprocketSettings(List.of(languages), DELAY, 2);
    return new Sprocket(registry, board, settings, observer, () -> now);
  }

  private void quiet(Sprocket sprocket) {
    sprocket.round();
    now = now.plus(DELAY);
    assertThat(sprocket.round()).isFalse();
  }

  private static String importing(String name, String other) {
    return "syntax = \"proto3\"; package "
        + name
        + "; import \""
        + other
        + "/"
        + other
        + ".proto\"; message N { "
        + other
        + (other.equals("z") ? ".M" : ".N")
        + " m = 1; }";
  }

  private void push(String module, String version, String text) {
    ModuleContent content =
        ModuleContent.of(Map.of(new ProtoPath(module + ".proto"), text.getBytes(UTF_8)));
    registry.push(new ModuleName(module), Version.parse(version), "", content, List.of());
  }
}
