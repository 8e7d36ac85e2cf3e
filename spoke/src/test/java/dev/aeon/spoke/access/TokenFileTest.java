package dev.aeon.spoke.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aeon.spoke.model.SpokeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenFileTest {
  private static final Instant NOW = Instant.parse("2026-01-31T10:00:00Z");
  private static final List<Grant> GRANTS = List.of(new Grant("acme/*", Role.PUSH));

  @TempDir Path folder;

  @Test
  void created_isKeptWithoutItsSecret_forItsOwnerAlone() throws Exception {
    Path file = folder.resolve("own/tokens.json");
    TokenFile tokens = new TokenFile(file);
    String secret = tokens.create("ci", GRANTS, NOW, Duration.ofDays(1));
    assertThat(tokens.read()).extracting(Token::name).containsExactly("ci");
    assertThat(file).content().doesNotContain(secret).contains("2026-02-01T10:00:00Z");
    assertThat(Files.getPosixFilePermissions(file))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void name_thatIsTakenOrUnknown_isRefused() {
    TokenFile tokens = new TokenFile(folder.resolve("tokens.json"));
    tokens.create("ci", GRANTS, NOW, null);
    assertRefused(SpokeException.Code.CONFLICT, () -> tokens.create("ci", GRANTS, NOW, null));
    assertRefused(SpokeException.Code.NOT_FOUND, () -> tokens.revoke("other"));
    tokens.revoke("ci");
    assertThat(tokens.read()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "{}", "{\"tokens\":null}", "{\"tokens\":[7]}"})
  void file_ofAnotherForm_isRefusedByName(String text) throws Exception {
    Path file = Files.writeString(folder.resolve("tokens.json"), text);
    assertThatThrownBy(() -> new TokenFile(file).read())
        .isInstanceOf(SpokeException.class)
        .hasMessageContaining(file.toString());
  }

  private static void assertRefused(SpokeException.Code code, Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(SpokeException.class, e -> assertThat(e.code()).isEqualTo(code));
  }
}
