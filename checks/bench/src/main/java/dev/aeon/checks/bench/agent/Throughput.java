package dev.aeon.checks.bench.agent;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * What keeping so many messages on their way to a log came to.
 *
 * @param perSecond messages a second that were stored
 * @param times from each append to its confirmation, in nanoseconds
 */
record Throughput(double perSecond, Histogram times) {
  private static final int DIGITS = 3;

  /** Of a while, after a shorter one to warm up. */
  static Throughput of(Log log, int inFlight, int seconds) throws InterruptedException {
    Throughput _ = run(log, inFlight, Math.max(1, seconds / 2));
    return run(log, inFlight, seconds);
  }

  private static Throughput run(Log log, int inFlight, int seconds) throws InterruptedException {
    Semaphore room = new Semaphore(inFlight);
    Histogram times = new ConcurrentHistogram(DIGITS);
    AtomicReference<Throwable> failed = new AtomicReference<>();
    long start = System.nanoTime();
    long end = start + TimeUnit.SECONDS.toNanos(seconds);
    while (System.nanoTime() < end && failed.get() == null) {
      room.acquire();
      long appended = System.nanoTime();
      var _ =
          log.append()
              .whenComplete((_, failure) -> {
                if (failure == null) {
                  times.recordValue(System.nanoTime() - appended);
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
    return new Throughput(times.getTotalCount() * 1e9 / (System.nanoTime() - start), times);
  }
}
