package dev.aeon.spoke.http;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Clients at once, by default briefly: {@code -Daeon.spoke.clients=200 -Daeon.spoke.seconds=60} is
 * the long form.
 */
class ManyClientsTest {
  private static final int CLIENTS = Integer.getInteger("aeon.spoke.clients", 40);
  private static final int SECONDS = Integer.getInteger("aeon.spoke.seconds", 0);
  private static final long SEED = Long.getLong("aeon.spoke.seed", System.nanoTime());
  private static final int SHORT_STEPS = 600;

  @TempDir Path folder;

  @Test
  void clients_manyAtOnce_seeNothingButWhatWasPublished() throws Exception {
    try (SpokeServer server = SpokeServer.start(SpokeServerConfig.embedded(folder))) {
      ClientStorm storm = new ClientStorm(List.<URI>of(server.uri()), SEED);
      storm.run(CLIENTS, duration());
      storm.checkAfterwards();
      System.out.println("clients=" + CLIENTS + " " + storm);
    }
  }

  /** So many seconds where such were asked for, else so many steps, however fast the machine is. */
  static BooleanSupplier duration() {
    if (SECONDS > 0) {
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
      return () -> System.nanoTime() - end < 0;
    }
    AtomicInteger steps = new AtomicInteger();
    return () -> steps.incrementAndGet() <= SHORT_STEPS;
  }
}
