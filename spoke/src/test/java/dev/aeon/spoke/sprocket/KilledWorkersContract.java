package dev.aeon.spoke.sprocket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.spoke.api.SprocketInfo;
import dev.aeon.spoke.compile.CompileJob;
import dev.aeon.spoke.compile.SchemaCompiler;
import dev.aeon.spoke.model.Blob;
import dev.aeon.spoke.model.Language;
import dev.aeon.spoke.model.ModuleContent;
import dev.aeon.spoke.model.ModuleName;
import dev.aeon.spoke.model.ModuleVersion;
import dev.aeon.spoke.model.ProtoPath;
import dev.aeon.spoke.model.Version;
import dev.aeon.spoke.model.VersionManifest;
import dev.aeon.spoke.protoc.Protoc;
import dev.aeon.spoke.registry.SchemaRegistry;
import dev.aeon.spoke.store.Artifact;
import dev.aeon.spoke.store.SchemaStore;
import dev.aeon.spoke.store.option.StoreOption;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import picocli.CommandLine;

/**
 * Worker processes over one store, killed at random while they compile. More of them by {@code
 * -Daeon.spoke.lives}, other moments by {@code -Daeon.spoke.seed}.
 */
@Timeout(1_200)
abstract class KilledWorkersContract {
  private static final int LIVES = Integer.getInteger("aeon.spoke.lives", 2);
  private static final long SEED = Long.getLong("aeon.spoke.seed", System.nanoTime());
  private static final int MODULES_A_WORKER = 6;
  private static final long LIMIT_SECONDS = 240;
  private static final List<Language> LANGUAGES = List.of(Language.RUBY, Language.PHP);

  private final List<String> told = new CopyOnWriteArrayList<>();
  private final Semaphore jobsTold = new Semaphore(0);
  private int modules;

  /** The options that name the store, which is empty. */
  abstract List<String> location() throws Exception;

  @Test
  void jobs_ofWorkersThatAreKilled_areDoneWholeAndToldOnce() throws Exception {
    List<String> location = location();
    StoreOption option =
        CommandLine.populateCommand(new StoreOption(), location.toArray(String[]::new));
    try (SchemaRegistry registry = new SchemaRegistry(option.open(), InstantSource.system());
        SchemaStore store = option.open()) {
      Random random = new Random(SEED);
      for (int life = 0; life < LIVES; life++) {
        liveAndDie(location, registry, random);
      }
      finish(location);
      checkJobs(store);
      checkStatus(new SprocketStatus(registry, new JobBoard(registry.workBoard())).read());
    }
  }

  /** One of two workers is killed after a job or more, the other after some of its own. */
  private void liveAndDie(List<String> location, SchemaRegistry registry, Random random)
      throws Exception {
    try (WorkerProcess first = endlessWorker(location);
        WorkerProcess second = endlessWorker(location)) {
      killAfterJobs(first, registry, random.nextInt(1, 6));
      killAfterJobs(second, registry, random.nextInt(1, 6));
    }
  }

  private WorkerProcess endlessWorker(List<String> location) throws IOException {
    return WorkerProcess.start(location, List.of("-delay", "0s"), this::note);
  }

  /** There is always more to do than is waited for: what is pushed here, nobody else has done. */
  private void killAfterJobs(WorkerProcess worker, SchemaRegistry registry, int jobs)
      throws Exception {
    jobsTold.drainPermits();
    pushModules(registry);
    assertThat(jobsTold.tryAcquire(jobs, LIMIT_SECONDS, SECONDS))
        .as("seed=%d: %d jobs told within %d s, told=%s", SEED, jobs, LIMIT_SECONDS, told)
        .isTrue();
    worker.kill();
  }

  private void finish(List<String> location) throws Exception {
    try (WorkerProcess last = WorkerProcess.start(location, List.of("-once"), this::note)) {
      last.awaitEnd();
    }
  }

  /** The end of a worker that was killed may be half a line. */
  private void note(String line) {
    if (line.contains(" files=")) {
      told.add(line.substring(0, line.indexOf(" files=")));
      jobsTold.release();
    }
  }

  private void checkJobs(SchemaStore store) throws IOException {
    assertThat(told).as("seed=%d", SEED).doesNotHaveDuplicates();
    try (Protoc protoc = Protoc.open()) {
      SchemaCompiler compiler = new SchemaCompiler(protoc);
      for (int i = 0; i < modules; i++) {
        ModuleVersion version = store.find(module(i), Version.parse("v1.0.0")).orElseThrow();
        for (Language language : LANGUAGES) {
          SortedMap<String, byte[]> expected =
              compiler.compile(CompileJob.of(module(i), version.content(), language));
          checkJob(store, version.manifest(), language, expected);
        }
      }
    }
  }

  private static void checkJob(
      SchemaStore store,
      VersionManifest version,
      Language language,
      SortedMap<String, byte[]> expected)
      throws IOException {
    try (Artifact artifact =
        store.artifact(version.module(), version.version(), language).orElseThrow()) {
      assertThat(artifact.files()).as("seed=%d", SEED).containsOnlyKeys(expected.keySet());
      for (Map.Entry<String, Blob> file : artifact.files().entrySet()) {
        assertThat(file.getValue().readAll()).isEqualTo(expected.get(file.getKey()));
      }
    }
  }

  private void checkStatus(SprocketInfo status) {
    assertThat(status.compiled()).isEqualTo((long) modules * LANGUAGES.size());
    assertThat(status.open()).isZero();
    assertThat(status.running()).isEmpty();
    assertThat(status.failed()).isEmpty();
  }

  private void pushModules(SchemaRegistry registry) {
    for (int i = 0; i < MODULES_A_WORKER; i++) {
      push(registry, modules++);
    }
  }

  private static void push(SchemaRegistry registry, int number) {
    byte[] text =
        "syntax = \"proto3\"; package p%d; message M { string a = 1; }"
            .formatted(number)
            .getBytes(UTF_8);
    ModuleContent content = ModuleContent.of(Map.of(new ProtoPath("m" + number + ".proto"), text));
    registry.push(module(number), Version.parse("v1.0.0"), "", content, List.of());
  }

  private static ModuleName module(int number) {
    return new ModuleName("module" + number);
  }
}
