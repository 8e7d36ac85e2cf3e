package dev.aeon.spoke.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page of proofs names tests; they are there. */
class ProofTest {
  private static final Path ROOT = Path.of(System.getProperty("aeon.root"));
  private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w+)\\.([a-z]\\w+_\\w+)`");

  @Test
  void page_namesTestsThatExist() throws IOException {
    Map<String, String> sources = sources();
    List<MatchResult> named =
        NAMED.matcher(Files.readString(ROOT.resolve("docs/spoke/proof.md"))).results().toList();
    assertThat(named)
        .hasSizeGreaterThan(30)
        .allSatisfy(test ->
            assertThat(sources.getOrDefault(test.group(1), ""))
                .as(test.group())
                .contains("void " + test.group(2) + "("));
  }

  private static Map<String, String> sources() throws IOException {
    try (Stream<Path> files = Files.walk(ROOT.resolve("spoke/src/test/java"))) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .filter(file -> !file.endsWith("package-info.java"))
          .collect(
              Collectors.toMap(
                  file -> file.getFileName().toString().replace(".java", ""),
                  ProofTest::text,
                  (first, second) -> first));
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
