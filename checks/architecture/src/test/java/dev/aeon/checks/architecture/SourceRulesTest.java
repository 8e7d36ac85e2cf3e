package dev.aeon.checks.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What class files do not show: rules on the sources themselves. */
class SourceRulesTest {
  private static final Path ROOT = Path.of(System.getProperty("aeon.root"));
  private static final List<String> MODULES =
      List.of("bindings", "sp-java", "vulkan-slabs", "apm", "spoke", "fleet");

  @Test
  void package_always_saysWhatItIsFor() {
    assertThat(mainSources(file -> true).map(Path::getParent).distinct())
        .filteredOn(folder -> !folder.endsWith("src/main/java"))
        .filteredOn(folder -> !folder.endsWith("bindings/raw"))
        .allSatisfy(folder -> assertThat(folder.resolve("package-info.java")).exists());
  }

  @Test
  void module_always_isNullMarked() {
    assertThat(MODULES)
        .allSatisfy(module ->
            assertThat(read(ROOT.resolve(module).resolve("src/main/java/module-info.java")))
                .contains("@NullMarked"));
  }

  @Test
  void restrictedWarnings_areSuppressedByTheBindingsAlone() {
    assertThat(mainSources(file -> !file.startsWith(ROOT.resolve("bindings"))))
        .allSatisfy(file -> assertThat(read(file)).doesNotContain("\"restricted\""));
  }

  @Test
  void tests_neverSleep() {
    String sleep = "Thread." + "sleep(";
    assertThat(MODULES.stream().flatMap(module -> sources(module, "src/test/java")))
        .allSatisfy(file -> assertThat(read(file)).doesNotContain(sleep));
  }

  @Test
  void sources_holdNoUnfinishedMark() {
    List<String> marks = List.of("TO" + "DO", "FIX" + "ME", "XX" + "X");
    assertThat(mainSources(file -> true))
        .allSatisfy(file -> assertThat(read(file)).doesNotContain(marks));
  }

  private static Stream<Path> mainSources(Predicate<Path> wanted) {
    return MODULES.stream().flatMap(module -> sources(module, "src/main/java")).filter(wanted);
  }

  private static Stream<Path> sources(String module, String folder) {
    Path top = ROOT.resolve(module).resolve(folder);
    try (Stream<Path> files = Files.walk(top)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
