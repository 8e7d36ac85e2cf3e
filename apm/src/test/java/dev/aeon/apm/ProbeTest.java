package dev.aeon.apm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProbeTest {
  @Test
  void probe() {
    assertThat(Probe.class).isNotNull();
  }
}
