package dev.aeon.checks.bench.agent;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** Keeps so many messages on their way to a log, for a while. */
final class Throughput {
  private Throughput() {}

  /** Messages a second that were stored. */
  static double of(Log log, int inFlight, int seconds) throws InterruptedException {
    run(log, inFlight, Math.max(1, seconds / 2));
    return run(log, inFlight, seconds);
  }

  private static double run(Log log, int inFlight, int seconds) throws InterruptedException {
    Semaphore room = new Semaphore(inFlight);
    AtomicLong stored = new AtomicLong();
    AtomicReference<Throwable> failed = new AtomicReference<>();
    long start = System.nanoTime();
    long end = start + TimeUnit.SECONDS.toNanos(seconds);
    while (System.nanoTime() < end && failed.get() == null) {
      room.acquire();
      var _ =
          log.append()
              .whenComplete((_, failure) -> {
                if (failure == null) {
                  stored.incrementAndGet();
                } else {
                  failed.set(failure);
                }
                room.release();
              });
    }
    room.acquire(inFlight);
    if (failed.get() != null) {
      throw new IllegalStateException("not stored", failed.get());
    }
    return stored.get() * 1e9 / (System.nanoTime() - start);
  }
}
