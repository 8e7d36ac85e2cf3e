package dev.aeon.spoke.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.aeon.spoke.model.Blob;
import dev.aeon.spoke.model.Change;
import dev.aeon.spoke.model.Dependency;
import dev.aeon.spoke.model.Language;
import dev.aeon.spoke.model.ModuleContent;
import dev.aeon.spoke.model.ModuleName;
import dev.aeon.spoke.model.ModuleVersion;
import dev.aeon.spoke.model.ProtoPath;
import dev.aeon.spoke.model.SpokeException;
import dev.aeon.spoke.model.Version;
import dev.aeon.spoke.model.VersionManifest;
import dev.aeon.spoke.store.SchemaStore.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store does, whatever its medium. */
abstract class SchemaStoreContract {
  private static final Instant TIME = Instant.parse("2026-01-02T03:04:05.006Z");
  private static final byte[] DESCRIPTORS = {1, 2, 3};

  private SchemaStore store;

  /** A view of the same, initially empty, store; the test closes it. */
  abstract SchemaStore open();

  @BeforeEach
  void openStore() throws Exception {
    store = open();
  }

  @AfterEach
  void closeStore() {
    store.close();
  }

  @Test
  void find_afterPublish_givesWhatWasPublished() {
    ModuleVersion version = version("acme/common", "v1.0.0", "a");
    assertThat(store.publish(version, DESCRIPTORS)).isEqualTo(Outcome.CREATED);
    ModuleVersion found = store.find(version.module(), version.version()).orElseThrow();
    assertThat(found.manifest()).isEqualTo(version.manifest());
    assertThat(found.content().files().get(new ProtoPath("dir/a.proto")))
        .isEqualTo("a".getBytes(UTF_8));
    assertThat(store.descriptors(version.module(), version.version())).hasValue(DESCRIPTORS);
  }

  @Test
  void find_ofWhatIsNotThere_isEmpty() {
    store.publish(version("common", "v1.0.0", "a"), DESCRIPTORS);
    assertThat(store.find(new ModuleName("common"), Version.parse("v2.0.0"))).isEmpty();
    assertThat(store.manifest(new ModuleName("other"), Version.parse("v1.0.0"))).isEmpty();
    assertThat(store.descriptors(new ModuleName("other"), Version.parse("v1.0.0"))).isEmpty();
    assertThat(store.versions(new ModuleName("other"))).isEmpty();
  }

  @Test
  void publish_ofTheSameAgain_isUnchangedAndNoChange() {
    store.publish(version("common", "v1.0.0", "a"), DESCRIPTORS);
    assertThat(store.publish(version("common", "v1.0.0", "a"), DESCRIPTORS))
        .isEqualTo(Outcome.UNCHANGED);
    assertThat(store.lastSequence()).isEqualTo(1);
  }

  @Test
  void publish_ofOtherContent_isAConflictThatNamesBothDigests() {
    ModuleVersion first = version("common", "v1.0.0", "a");
    ModuleVersion second = version("common", "v1.0.0", "b");
    store.publish(first, DESCRIPTORS);
    assertThatThrownBy(() -> store.publish(second, DESCRIPTORS))
        .isInstanceOfSatisfying(
            SpokeException.class, e -> assertThat(e.code()).isEqualTo(SpokeException.Code.CONFLICT))
        .hasMessageContaining(first.digest().value())
        .hasMessageContaining(second.digest().value());
    assertThat(store.find(first.module(), first.version()).orElseThrow().digest())
        .isEqualTo(first.digest());
  }

  @Test
  void publish_ofOneVersionByManyAtOnce_isWonByOne() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Callable<String>> pushes = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        ModuleVersion version = version("raced", "v1.0.0", "content " + i / 2);
        pushes.add(() -> outcome(version));
      }
      List<String> outcomes = new ArrayList<>();
      for (Future<String> outcome : threads.invokeAll(pushes)) {
        outcomes.add(outcome.get());
      }
      assertThat(outcomes).containsOnlyOnce("CREATED").containsOnlyOnce("UNCHANGED");
      assertThat(outcomes).filteredOn("CONFLICT"::equals).hasSize(14);
      assertThat(store.changes(0, 10)).hasSize(1);
    }
  }

  private String outcome(ModuleVersion version) {
    try {
      return store.publish(version, DESCRIPTORS).name();
    } catch (SpokeException e) {
      return e.code().name();
    }
  }

  @Test
  void versions_always_areInSemanticOrder() {
    for (String version : List.of("v1.10.0", "v1.2.0", "v1.2.0-rc.1", "0a1b2c3")) {
      store.publish(version("common", version, version), DESCRIPTORS);
    }
    assertThat(store.versions(new ModuleName("common")))
        .map(Version::toString)
        .containsExactly("0a1b2c3", "v1.2.0-rc.1", "v1.2.0", "v1.10.0");
  }

  @Test
  void modules_always_areInOrderOfNames() {
    for (String name : List.of("b", "a/b", "a", "a/b/c")) {
      store.publish(version(name, "v1.0.0", name), DESCRIPTORS);
    }
    assertThat(store.modules()).map(ModuleName::value).containsExactly("a", "a/b", "a/b/c", "b");
  }

  @Test
  void changes_fromAnySequence_areInTheOrderOfPublication() {
    for (int i = 0; i < 5; i++) {
      store.publish(version("m" + i, "v1.0.0", "a"), DESCRIPTORS);
    }
    assertThat(store.changes(2, 2))
        .extracting(Change::sequence, change -> change.module().value())
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(3L, "m2"),
            org.assertj.core.groups.Tuple.tuple(4L, "m3"));
    assertThat(store.changes(5, 10)).isEmpty();
    assertThat(store.changes(99, 10)).isEmpty();
  }

  @Test
  void secondView_always_seesWhatTheFirstPublishes() {
    try (SchemaStore other = open()) {
      assertThat(other.modules()).isEmpty();
      store.publish(version("common", "v1.0.0", "a"), DESCRIPTORS);
      other.publish(version("common", "v1.1.0", "b"), DESCRIPTORS);
      assertThat(other.versions(new ModuleName("common"))).hasSize(2);
      assertThat(store.versions(new ModuleName("common"))).hasSize(2);
      assertThat(store.changes(0, 10)).isEqualTo(other.changes(0, 10)).hasSize(2);
    }
  }

  @Test
  void views_publishingAtOnce_numberTheirChangesWithoutGaps() throws Exception {
    try (SchemaStore other = open();
        ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Callable<Outcome>> pushes = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        SchemaStore view = i % 2 == 0 ? store : other;
        ModuleVersion version = version("m" + i % 10, "v1." + i + ".0", "content " + i);
        pushes.add(() -> view.publish(version, DESCRIPTORS));
      }
      for (Future<Outcome> outcome : threads.invokeAll(pushes)) {
        assertThat(outcome.get()).isEqualTo(Outcome.CREATED);
      }
      assertThat(store.changes(0, 100))
          .extracting(Change::sequence)
          .isEqualTo(LongStream.rangeClosed(1, 40).boxed().toList());
      assertThat(other.changes(0, 100)).isEqualTo(store.changes(0, 100));
    }
  }

  @Test
  void store_openedAgain_hasEverything() {
    ModuleVersion version = version("common", "v1.0.0", "a");
    store.publish(version, DESCRIPTORS);
    store.saveSettings(version.module(), "{}".getBytes(UTF_8));
    store.close();
    store = open();
    assertThat(store.find(version.module(), version.version()).map(ModuleVersion::manifest))
        .hasValue(version.manifest());
    assertThat(store.modules()).containsExactly(version.module());
    assertThat(store.settings(version.module())).hasValue("{}".getBytes(UTF_8));
    assertThat(store.lastSequence()).isEqualTo(1);
  }

  @Test
  void settings_savedAgain_areReplaced() {
    ModuleName module = new ModuleName("acme/common");
    assertThat(store.settings(module)).isEmpty();
    store.saveSettings(module, "one".getBytes(UTF_8));
    store.saveSettings(module, "two".getBytes(UTF_8));
    assertThat(store.settings(module)).hasValue("two".getBytes(UTF_8));
    assertThat(store.modules()).isEmpty();
  }

  @Test
  void artifact_savedTwice_isTheFirst() throws Exception {
    ModuleVersion version = version("common", "v1.0.0", "a");
    store.publish(version, DESCRIPTORS);
    Optional<?> before = store.artifact(version.module(), version.version(), Language.PYTHON);
    save(version, "one");
    save(version, "two");
    assertThat(before).isEmpty();
    try (Artifact kept = artifact(version)) {
      assertThat(kept.files()).containsOnlyKeys("dir/a_pb2.py");
      assertThat(kept.files().get("dir/a_pb2.py").readAll()).isEqualTo("one".getBytes(UTF_8));
    }
    assertThat(store.artifact(version.module(), version.version(), Language.CPP)).isEmpty();
  }

  @Test
  void artifact_ofAVersionWithAFolderOfThatName_isKeptApart() {
    ModuleVersion version = of("common", "v1.0.0", Map.of("python/a.proto", "a"));
    store.publish(version, DESCRIPTORS);
    assertThat(store.artifact(version.module(), version.version(), Language.PYTHON)).isEmpty();
    save(version, "one");
    try (Artifact kept = artifact(version)) {
      assertThat(kept.files()).containsOnlyKeys("dir/a_pb2.py");
    }
    VersionManifest manifest = store.manifest(version.module(), version.version()).orElseThrow();
    assertThat(store.file(manifest, manifest.files().getFirst())).isEqualTo("a".getBytes(UTF_8));
  }

  @Test
  void artifact_thatLeadsOut_isRefused() {
    ModuleVersion version = version("common", "v1.0.0", "a");
    store.publish(version, DESCRIPTORS);
    TreeMap<String, Blob> files = new TreeMap<>(Map.of("../../escape.py", Blob.of(new byte[1])));
    assertThatThrownBy(
            () -> store.saveArtifact(version.module(), version.version(), Language.PYTHON, files))
        .isInstanceOf(SpokeException.class)
        .hasMessageContaining("leads out");
    assertThat(store.artifact(version.module(), version.version(), Language.PYTHON)).isEmpty();
  }

  private void save(ModuleVersion version, String content) {
    store.saveArtifact(
        version.module(),
        version.version(),
        Language.PYTHON,
        new TreeMap<>(Map.of("dir/a_pb2.py", Blob.of(content.getBytes(UTF_8)))));
  }

  private Artifact artifact(ModuleVersion version) {
    return store.artifact(version.module(), version.version(), Language.PYTHON).orElseThrow();
  }

  @Test
  void blob_ofWhatIsLarge_isReadFromAnyPlace() throws Exception {
    String text = "0123456789".repeat(100_000);
    ModuleVersion version = version("large", "v1.0.0", text);
    byte[] descriptors = text.substring(1).getBytes(UTF_8);
    store.publish(version, descriptors);
    VersionManifest manifest = store.manifest(version.module(), version.version()).orElseThrow();
    Blob file = store.open(manifest, manifest.file(new ProtoPath("dir/a.proto")).orElseThrow());
    assertThat(file.byteSize()).isEqualTo(1_000_000);
    assertThat(file.readAll()).isEqualTo(text.getBytes(UTF_8));
    assertThat(from(file, 999_995)).isEqualTo("56789".getBytes(UTF_8));
    try (InputStream in = file.open(0)) {
      assertThat(in.readNBytes(3)).isEqualTo("012".getBytes(UTF_8));
    }
    Blob compiled = store.openDescriptors(version.module(), version.version()).orElseThrow();
    assertThat(compiled.readAll()).isEqualTo(descriptors);
    assertThat(from(compiled, 999_995)).isEqualTo("6789".getBytes(UTF_8));
    assertThat(store.openDescriptors(version.module(), Version.parse("v9.0.0"))).isEmpty();
  }

  private static byte[] from(Blob blob, long byteOffset) throws IOException {
    try (InputStream in = blob.open(byteOffset)) {
      return in.readAllBytes();
    }
  }

  @Test
  void claim_untilItIsClosed_isNobodyElses() {
    try (SchemaStore others = open()) {
      try (WorkBoard.Claim claim = store.workBoard().claim("a@v1.0.0.java").orElseThrow()) {
        assertThat(claim).isNotNull();
        assertThat(store.workBoard().claim("a@v1.0.0.java")).isEmpty();
        assertThat(others.workBoard().claim("a@v1.0.0.java")).isEmpty();
        assertThat(others.workBoard().isClaimed("a@v1.0.0.java")).isTrue();
        assertThat(others.workBoard().isClaimed("a@v1.0.0.go")).isFalse();
      }
      assertThat(store.workBoard().isClaimed("a@v1.0.0.java")).isFalse();
      try (WorkBoard.Claim claim = others.workBoard().claim("a@v1.0.0.java").orElseThrow()) {
        assertThat(claim).isNotNull();
      }
    }
  }

  @Test
  void note_writtenByOne_isReadByAllUntilItIsErased() {
    try (SchemaStore others = open()) {
      store.workBoard().write("failed", "acme%2Fa@v1.0.0.java", new byte[] {1});
      store.workBoard().write("failed", "acme%2Fa@v1.0.0.java", new byte[] {2});
      store.workBoard().write("running", "b", new byte[] {3});
      assertThat(others.workBoard().notes("failed"))
          .containsOnly(entry("acme%2Fa@v1.0.0.java", new byte[] {2}));
      others.workBoard().erase("failed", "acme%2Fa@v1.0.0.java");
      others.workBoard().erase("failed", "nothing");
      assertThat(store.workBoard().notes("failed")).isEmpty();
      assertThat(store.workBoard().notes("none")).isEmpty();
    }
  }

  static ModuleVersion version(String module, String version, String content) {
    return of(module, version, Map.of("dir/a.proto", content, "b.proto", "b"));
  }

  private static ModuleVersion of(String module, String version, Map<String, String> contents) {
    Map<ProtoPath, byte[]> files = new TreeMap<>();
    contents.forEach((path, text) -> files.put(new ProtoPath(path), text.getBytes(UTF_8)));
    return new ModuleVersion(
        new ModuleName(module),
        Version.parse(version),
        "a \"description\"",
        TIME,
        ModuleContent.of(files),
        List.of(Dependency.parse("acme/other@v1.2.3")));
  }
}
