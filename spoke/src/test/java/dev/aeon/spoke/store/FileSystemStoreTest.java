package dev.aeon.spoke.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aeon.spoke.model.Change;
import dev.aeon.spoke.model.ModuleVersion;
import dev.aeon.spoke.model.SpokeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSystemStoreTest extends SchemaStoreContract {
  @TempDir Path root;

  @Override
  SchemaStore open() {
    return new FileSystemStore(root);
  }

  @Test
  void folder_copiedWithoutItsJournal_isTakenUp() throws IOException {
    publish("acme/common", "v1.0.0");
    publish("common", "v1.1.0");
    closeStore();
    Files.delete(root.resolve(".spoke/changes.ndjson"));
    try (SchemaStore again = open()) {
      assertThat(again.modules()).map(Object::toString).containsExactly("acme/common", "common");
      assertThat(again.lastSequence()).isEqualTo(2);
    }
  }

  @Test
  void journal_cutAnywhere_losesNoVersion() throws IOException {
    publish("a", "v1.0.0");
    publish("b", "v1.0.0");
    closeStore();
    Path journal = root.resolve(".spoke/changes.ndjson");
    byte[] whole = Files.readAllBytes(journal);
    int lineEnd = new String(whole, UTF_8).indexOf('\n') + 1;
    for (int byteSize : new int[] {0, 1, lineEnd - 1, lineEnd + 1, whole.length - 1}) {
      Files.write(journal, java.util.Arrays.copyOf(whole, byteSize));
      try (SchemaStore again = open()) {
        assertThat(again.modules()).as("cut at " + byteSize).hasSize(2);
        assertThat(again.changes(0, 10)).extracting(Change::sequence).containsExactly(1L, 2L);
      }
    }
  }

  @Test
  void journal_withALineThatIsNone_isMended() throws IOException {
    publish("a", "v1.0.0");
    closeStore();
    Path journal = root.resolve(".spoke/changes.ndjson");
    Files.write(journal, "\0\0\0\0\n".getBytes(UTF_8), StandardOpenOption.APPEND);
    publish("b", "v1.0.0");
    try (SchemaStore again = open()) {
      assertThat(again.modules()).map(Object::toString).containsExactly("a", "b");
    }
  }

  @Test
  void line_whoseVersionNeverCame_isReadByNobodyAndOverwritten() throws IOException {
    publish("a", "v1.0.0");
    closeStore();
    Path journal = root.resolve(".spoke/changes.ndjson");
    String line = Files.readString(journal).replace("\"a\"", "\"never\"");
    Files.writeString(journal, line, StandardOpenOption.APPEND);
    try (SchemaStore again = open()) {
      assertThat(again.modules()).map(Object::toString).containsExactly("a");
      again.publish(version("b", "v1.0.0", "b"), new byte[1]);
      assertThat(again.changes(0, 10))
          .extracting(change -> change.module().value())
          .containsExactly("a", "b");
    }
    assertThat(Files.readString(journal)).doesNotContain("never");
  }

  @Test
  void versionWithEmptyFilesAfterAPowerCut_isRestoredFromTheLog() throws IOException {
    Path work = Files.createDirectories(root.resolve(".spoke/tmp/dead"));
    Files.createFile(root.resolve(".spoke/tmp/dead.lock"));
    ModuleVersion version = version("common", "v1.0.0", "a");
    TreeMap<String, byte[]> files = new TreeMap<>();
    version.content().files().forEach((path, bytes) -> files.put(path.value(), bytes));
    files.put("version.json", StoreJson.write(VersionFile.of(version.manifest())));
    files.put("descriptors.binpb", new byte[] {1});
    byte[] record = new PublicationRecord("common/versions/v1.0.0", files).encode();
    Files.write(work.resolve("0.publications"), record);
    Path folder = Files.createDirectories(root.resolve("common/versions/v1.0.0"));
    Files.createFile(folder.resolve("version.json"));
    try (SchemaStore again = open()) {
      assertThat(again.find(version.module(), version.version()).map(ModuleVersion::manifest))
          .hasValue(version.manifest());
      assertThat(again.changes(0, 10)).hasSize(1);
    }
    assertThat(work).doesNotExist();
  }

  @Test
  void record_truncatedAtEveryIndex_isLeftOut() {
    TreeMap<String, byte[]> files = new TreeMap<>();
    files.put("a", new byte[] {1, 2, 3});
    byte[] record = new PublicationRecord("m/versions/v1.0.0", files).encode();
    for (int byteSize = 0; byteSize < record.length; byteSize++) {
      assertThat(PublicationRecord.decodeAll(java.util.Arrays.copyOf(record, byteSize))).isEmpty();
    }
    assertThat(PublicationRecord.decodeAll(record)).hasSize(1);
    for (int i = 0; i < record.length; i++) {
      byte[] damaged = record.clone();
      damaged[i] ^= 1;
      assertThat(PublicationRecord.decodeAll(damaged)).isEmpty();
    }
  }

  @Test
  void file_changedOnDisk_isRefused() throws IOException {
    publish("common", "v1.0.0");
    Files.writeString(root.resolve("common/versions/v1.0.0/b.proto"), "changed");
    try (SchemaStore again = open()) {
      ModuleVersion version = version("common", "v1.0.0", "a");
      assertThatThrownBy(() -> again.find(version.module(), version.version()))
          .isInstanceOf(SpokeException.class)
          .hasMessageContaining("were changed");
    }
  }

  @Test
  void strayFolders_always_areLeftAlone() throws IOException {
    Files.createDirectories(root.resolve("Bad Module/versions/v1.0.0"));
    Files.createDirectories(root.resolve("empty/versions"));
    Files.createDirectories(root.resolve("odd/versions/v1.0.0"));
    Files.writeString(root.resolve("odd/versions/v1.0.0/version.json"), "{");
    publish("a", "v1.0.0");
    closeStore();
    Files.delete(root.resolve(".spoke/changes.ndjson"));
    try (SchemaStore again = open()) {
      assertThat(again.modules()).map(Object::toString).containsExactly("a");
    }
  }

  @Test
  void workFolders_ofProcessesThatLive_areKept() throws IOException {
    try (SchemaStore first = open()) {
      try (Stream<Path> work = Files.list(root.resolve(".spoke/tmp"))) {
        List<Path> before = work.toList();
        try (SchemaStore second = open()) {
          assertThat(before).allSatisfy(path -> assertThat(path).exists());
          assertThat(second.modules()).isEqualTo(first.modules());
        }
      }
    }
  }

  private void publish(String module, String version) {
    try (SchemaStore writer = open()) {
      writer.publish(version(module, version, "a"), new byte[1]);
    }
  }
}
