package dev.aeon.apm.track;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that each failure is kept: where the listener cannot, as on a full disk, it is told
 * again until it can, and nobody forgets the message before. Thread-safe.
 */
final class FailureKeeper {
  static final Duration PAUSE = Duration.ofSeconds(1);

  private static final Logger LOG = LoggerFactory.getLogger(FailureKeeper.class);

  private final Timers timers;
  private final TrackerListener listener;
  private final AtomicInteger waiting = new AtomicInteger();

  FailureKeeper(Timers timers, TrackerListener listener) {
    this.timers = timers;
    this.listener = listener;
  }

  /** How many failures are not kept yet. */
  int waiting() {
    return waiting.get();
  }

  /**
   * Has a failure kept, now or later.
   *
   * @param kept what follows then
   * @return why it is not kept yet; empty where it is
   */
  Optional<RuntimeException> keep(Failure failure, Runnable kept) {
    Optional<RuntimeException> trouble = attempt(failure);
    if (trouble.isEmpty()) {
      kept.run();
    } else {
      LOG.error("failed, and not kept yet: {}", failure.message(), trouble.get());
      waiting.incrementAndGet();
      later(failure, kept);
    }
    return trouble;
  }

  private void later(Failure failure, Runnable kept) {
    Timers.Timer _ = timers.after(PAUSE, () -> again(failure, kept));
  }

  private void again(Failure failure, Runnable kept) {
    if (attempt(failure).isEmpty()) {
      waiting.decrementAndGet();
      kept.run();
    } else {
      later(failure, kept);
    }
  }

  private Optional<RuntimeException> attempt(Failure failure) {
    try {
      listener.onFailure(failure);
      return Optional.empty();
    } catch (RuntimeException e) {
      return Optional.of(e);
    }
  }
}
