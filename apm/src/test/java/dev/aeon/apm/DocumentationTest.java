package dev.aeon.apm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.apm.message.MessageType;
import dev.aeon.apm.schema.ErrorCode;
import dev.aeon.apm.track.RetryPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the documentation says of codes and time-outs is what the code does. */
class DocumentationTest {
  private static final Path DOCS = Path.of(System.getProperty("aeon.root"), "docs/apm");
  private static final Path SOURCES = Path.of(System.getProperty("aeon.root"), "apm/src/main/java");

  @ParameterizedTest
  @EnumSource(ErrorCode.class)
  void errorCatalog_everyCode_isThereAsItIs(ErrorCode code) throws IOException {
    String row =
        "| `%s` | %s | %s | %s |"
            .formatted(
                code,
                code.description(),
                code.severity().name().toLowerCase(Locale.ROOT),
                code.isRecoverable() ? "yes" : "no");
    assertThat(Files.readString(DOCS.resolve("errors.md"))).contains(row);
  }

  @ParameterizedTest
  @EnumSource(ErrorCode.class)
  void errorCatalog_everyCode_isGivenBySomething(ErrorCode code) throws IOException {
    try (Stream<Path> sources = Files.walk(SOURCES)) {
      assertThat(sources)
          .filteredOn(file -> file.toString().endsWith(".java") && !file.endsWith("ErrorCode.java"))
          .anySatisfy(file -> assertThat(file).content().contains(code.name()));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = MessageType.class,
      names = {"ACK", "NACK", "CUSTOM"},
      mode = EnumSource.Mode.EXCLUDE)
  void typeTable_everyType_hasItsTimeOut(MessageType type) throws IOException {
    RetryPolicy policy = RetryPolicy.of(type);
    String row =
        Files.readAllLines(DOCS.resolve("messages.md")).stream()
            .filter(line -> line.startsWith("| `" + type + "` |"))
            .findFirst()
            .orElseThrow();
    assertThat(row)
        .contains("| " + policy.timeout().toSeconds() + " s | " + policy.maxRetries() + " |");
  }

  @Test
  void pages_areAllListed() throws IOException {
    String index = Files.readString(DOCS.resolve("README.md"));
    try (Stream<Path> pages = Files.list(DOCS)) {
      assertThat(pages.map(page -> page.getFileName().toString()))
          .filteredOn(name -> name.endsWith(".md") && !name.equals("README.md"))
          .isNotEmpty()
          .allSatisfy(name -> assertThat(index).contains("(" + name + ")"));
    }
  }
}
