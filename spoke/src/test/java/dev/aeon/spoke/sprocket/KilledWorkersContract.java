package dev.aeon.spoke.sprocket;

import static java.nio.charset.StandardCharsets.UTF_8;
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
import dev.aeon.spoke.store.ChildProcess;
import dev.aeon.spoke.store.SchemaStore;
import dev.aeon.spoke.store.option.StoreOption;
import java.io.BufferedReader;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import picocli.CommandLine;

/**
 * Worker processes over one store, killed at random while they compile. More of them by {@code
 * -Daeon.spoke.lives}, other moments by {@code -Daeon.spoke.seed}.
 */
@Timeout(300)
abstract class KilledWorkersContract {
  private static final int LIVES = Integer.getInteger("aeon.spoke.lives", 2);
  private static final long SEED = Long.getLong("aeon.spoke.seed", System.nanoTime());
  private static final int MODULES = 24;
  private static final List<Language> LANGUAGES = List.of(Language.RUBY, Language.PHP);

  private final List<String> told = new ArrayList<>();

  /** The options that name the store, which is empty. */
  abstract List<String> location() throws Exception;

  @Test
  void jobs_ofWorkersThatAreKilled_areDoneWholeAndToldOnce() throws Exception {
    List<String> location = location();
    StoreOption option =
        CommandLine.populateCommand(new StoreOption(), location.toArray(String[]::new));
    try (SchemaRegistry registry = new SchemaRegistry(option.open(), InstantSource.system());
        SchemaStore store = option.open()) {
      push(registry);
      Random random = new Random(SEED);
      for (int life = 0; life < LIVES; life++) {
        liveAndDie(location, random);
      }
      BufferedReader last = worker(location).inputReader();
      last.lines().forEach(this::note);
      checkJobs(store);
      checkStatus(new SprocketStatus(registry, new JobBoard(registry.workBoard())).read());
    }
  }

  /** One of two workers is killed after a job or more, the other after some of its own. */
  private void liveAndDie(List<String> location, Random random) throws Exception {
    Process first = worker(location);
    Process second = worker(location);
    for (Process each : List.of(first, second)) {
      int jobs = random.nextInt(1, 6);
      BufferedReader out = each.inputReader();
      for (int i = 0; i < jobs; i++) {
        note(out.readLine());
      }
      // By its handle, which leaves open what it said.
      assertThat(each.toHandle().destroyForcibly()).isTrue();
      each.waitFor();
      out.lines().forEach(this::note);
    }
  }

  private static Process worker(List<String> location) throws IOException {
    List<String> arguments = new ArrayList<>(location);
    arguments.addAll(List.of("-once", "-workers", "2", "-lang", "ruby,php"));
    return ChildProcess.start(SprocketCommand.class, arguments);
  }

  /** The end of a worker that was killed may be half a line. */
  private void note(String line) {
    if (line != null && line.contains(" files=")) {
      told.add(line.substring(0, line.indexOf(" files=")));
    }
  }

  private void checkJobs(SchemaStore store) throws IOException {
    assertThat(told).as("seed=%d", SEED).doesNotHaveDuplicates();
    try (Protoc protoc = Protoc.open()) {
      SchemaCompiler compiler = new SchemaCompiler(protoc);
      for (int i = 0; i < MODULES; i++) {
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

  private static void checkStatus(SprocketInfo status) {
    assertThat(status.compiled()).isEqualTo((long) MODULES * LANGUAGES.size());
    assertThat(status.open()).isZero();
    assertThat(status.running()).isEmpty();
    assertThat(status.failed()).isEmpty();
  }

  private static void push(SchemaRegistry registry) {
    for (int i = 0; i < MODULES; i++) {
      byte[] text =
          "syntax = \"proto3\"; package p%d; message M { string a = 1; }"
              .formatted(i)
              .getBytes(UTF_8);
      ModuleContent content = ModuleContent.of(Map.of(new ProtoPath("m" + i + ".proto"), text));
      registry.push(module(i), Version.parse("v1.0.0"), "", content, List.of());
    }
  }

  private static ModuleName module(int number) {
    return new ModuleName("module" + number);
  }
}
