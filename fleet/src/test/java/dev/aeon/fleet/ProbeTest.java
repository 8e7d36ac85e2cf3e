package dev.aeon.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProbeTest {
  @Test
  void probe() {
    assertThat(Probe.class).isNotNull();
  }
}
