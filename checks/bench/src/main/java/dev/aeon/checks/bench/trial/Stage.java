package dev.aeon.checks.bench.trial;

import dev.aeon.checks.bench.messaging.Endpoint;
import dev.aeon.checks.bench.messaging.Endpoints;
import dev.aeon.checks.bench.messaging.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** The endpoints and threads of one trial; closing ends what they have in common. */
final class Stage implements AutoCloseable {
  /** Where a trial is; its threads look at it before each message. */
  enum Phase {
    WARM,
    MEASURED,
    OVER
  }

  private static final int WARM_TIMES_FOR_COMPILER = 8;

  private final Trial trial;
  private final Endpoints endpoints;
  private final String url;
  private final List<Endpoint> open = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();
  private final CompilerRest compilerRest = new CompilerRest();
  private volatile Phase phase = Phase.WARM;

  Stage(Trial trial) {
    this.trial = trial;
    this.url = trial.transport().newUrl();
    this.endpoints = trial.system().start(trial.transport());
  }

  Trial trial() {
    return trial;
  }

  Phase phase() {
    return phase;
  }

  boolean isOver() {
    return phase == Phase.OVER;
  }

  Endpoint listener() {
    Endpoint endpoint = opened(trial.kind().listening());
    endpoint.listen(url);
    return endpoint;
  }

  Endpoint dialer() {
    Endpoint endpoint = opened(trial.kind().dialing());
    endpoint.dial(url);
    return endpoint;
  }

  /** One more connection of {@code dialer}. */
  void dialAgain(Endpoint dialer) {
    dialer.dial(url);
  }

  private Endpoint opened(Role role) {
    Endpoint endpoint = endpoints.open(role);
    open.add(endpoint);
    return endpoint;
  }

  /** Begins a thread of the system's kind; the process ends if it fails. */
  void begin(Runnable work) {
    Thread.Builder kind =
        trial.system().usesVirtualThreads() ? Thread.ofVirtual() : Thread.ofPlatform().daemon();
    threads.add(
        kind.uncaughtExceptionHandler((_, failure) -> TrialWorker.fail(failure)).start(work));
  }

  /**
   * From when messages come through everywhere, however long connecting takes, until the compiler
   * rests.
   */
  void warmUpOnce(BooleanSupplier isUnderWay) throws InterruptedException {
    while (!isUnderWay.getAsBoolean()) {
      Thread.sleep(1);
    }
    Thread.sleep(trial.warmMillis());
    compilerRest.await(Duration.ofMillis(trial.warmMillis() * WARM_TIMES_FOR_COMPILER));
  }

  /** What the process used while the phase lasted; for the messages in it, see {@link Usage}. */
  Usage measure() throws InterruptedException {
    UsageReading before = UsageReading.now();
    phase = Phase.MEASURED;
    Thread.sleep(trial.measureMillis());
    phase = Phase.OVER;
    return UsageReading.now().since(before);
  }

  void joinThreads() throws InterruptedException {
    for (Thread each : threads) {
      each.join();
    }
  }

  @Override
  public void close() {
    open.forEach(Endpoint::close);
    endpoints.close();
    trial.transport().forget(url);
  }
}
