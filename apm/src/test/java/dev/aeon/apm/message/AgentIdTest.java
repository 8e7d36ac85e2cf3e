package dev.aeon.apm.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which names agents may have. */
class AgentIdTest {
  @ParameterizedTest
  @ValueSource(strings = {"a", "impl_001", "A-1", "console", "to_b"})
  void names_areLegal(String text) {
    assertThat(new AgentId(text).value()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "*", "_a", "a-", ".", "..", "a/b", "a\\b", "a b", "a\n", "a\u0000", "é", "a_to_b",
        "a_TO_b", "CON", "lpt1", "../etc"
      })
  void pathsPatternsAndDevices_areRefused(String text) {
    assertThatThrownBy(() -> new AgentId(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void length_isLimitedTo64() {
    assertThat(AgentId.isLegal("a".repeat(64))).isTrue();
    assertThat(AgentId.isLegal("a".repeat(65))).isFalse();
  }
}
