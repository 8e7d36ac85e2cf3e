package dev.aeon.apm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Whatever a test opened and closed has ended its threads; they are seen for a moment longer than
 * those need who wait for their work to be over.
 */
public final class NoThreadLeft implements AfterEachCallback {
  @Override
  public void afterEach(ExtensionContext context) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() ->
            assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("apm-")));
  }
}
