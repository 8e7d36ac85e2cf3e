package dev.aeon.fleet.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderScanTest {
  @TempDir Path folder;

  private void file(String path) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "text");
  }

  @Test
  void list_folder_givesFilesByPathAndPassesOverHiddenAndBuiltOnes() throws IOException {
    file("b.txt");
    file("a/c.txt");
    file("a-b.txt");
    file(".git/config");
    file("module/target/x.txt");
    file("node_modules/y.txt");
    assertThat(FolderScan.list(folder, count -> {}).files())
        .extracting(FolderScan.Entry::path)
        .containsExactly("a-b.txt", "a/c.txt", "b.txt");
  }

  @Test
  void list_folderNamedTarget_isListedWhereAskedFor() throws IOException {
    file("target/x.txt");
    assertThat(FolderScan.list(folder.resolve("target"), count -> {}).files()).hasSize(1);
  }

  @Test
  void list_linkToItself_isCountedNotFollowed() throws IOException {
    file("a/x.txt");
    Files.createSymbolicLink(folder.resolve("a/loop"), folder);
    FolderScan.Listing listing = FolderScan.list(folder, count -> {});
    assertThat(listing.files()).hasSize(1);
    assertThat(listing.links()).isEqualTo(1);
  }

  @Test
  void list_missingFolder_throws() {
    assertThatThrownBy(() -> FolderScan.list(folder.resolve("missing"), count -> {}))
        .isInstanceOf(NoSuchFileException.class);
  }
}
