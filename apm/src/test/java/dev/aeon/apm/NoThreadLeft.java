package dev.aeon.apm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Whatever a test opened and closed has ended its threads. */
public final class NoThreadLeft implements AfterEachCallback {
  @Override
  public void afterEach(ExtensionContext context) {
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .noneMatch(name -> name.startsWith("apm-"));
  }
}
