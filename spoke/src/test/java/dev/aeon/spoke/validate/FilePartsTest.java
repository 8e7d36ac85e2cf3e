package dev.aeon.spoke.validate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilePartsTest {
  @TempDir Path folder;

  @Test
  void fewFiles_areOnePart() {
    List<String> files = names(700);
    assertThat(FileParts.of(List.of(folder), files)).containsExactly(files);
  }

  @Test
  void parts_together_areAllFilesInOrder() {
    List<String> files = names(1_999);
    List<List<String>> parts = FileParts.of(List.of(folder), files);
    assertThat(parts).hasSizeGreaterThan(1).noneMatch(List::isEmpty);
    assertThat(parts.stream().flatMap(List::stream)).containsExactlyElementsOf(files);
  }

  @Test
  void partWithLargeFiles_hasFewer() throws IOException {
    List<String> files = names(1_600);
    for (String file : files.subList(0, 100)) {
      Files.write(folder.resolve(file), new byte[20_000]);
    }
    List<List<String>> parts = FileParts.of(List.of(folder.resolve("none"), folder), files);
    assertThat(parts.getFirst()).hasSizeLessThan(100);
  }

  @Test
  void oneEnormousFile_isAPartOfItsOwn() throws IOException {
    List<String> files = names(1_600);
    Files.write(folder.resolve(files.getFirst()), new byte[50_000_000]);
    List<List<String>> parts = FileParts.of(List.of(folder), files);
    assertThat(parts).hasSize(2);
    assertThat(parts.getFirst()).hasSize(1);
  }

  private static List<String> names(int count) {
    return IntStream.range(0, count).mapToObj("f%04d.proto"::formatted).toList();
  }
}
