package dev.aeon.apm.cli;

import dev.aeon.apm.track.DeliveryException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How fast something goes with so many of it under way at once.
 *
 * @param perSecond how many ended a second
 * @param p50Nanos how long half of them took at most
 * @param p99Nanos how long 99 of 100 took at most
 */
record Pace(double perSecond, long p50Nanos, long p99Nanos) {
  /**
   * Begins operations for {@code time}, at most {@code inFlight} at once, and waits for all.
   *
   * @throws DeliveryException where one fails
   */
  static Pace measure(int inFlight, Duration time, Supplier<CompletableFuture<?>> operation) {
    Semaphore room = new Semaphore(inFlight);
    Latencies latencies = new Latencies();
    AtomicReference<@Nullable Throwable> failed = new AtomicReference<>();
    long begun = System.nanoTime();
    while (System.nanoTime() - begun < time.toNanos() && failed.get() == null) {
      room.acquireUninterruptibly();
      long start = System.nanoTime();
      CompletableFuture<?> _ =
          operation
              .get()
              .whenComplete((_, failure) -> {
                latencies.add(System.nanoTime() - start);
                failed.compareAndSet(null, failure);
                room.release();
              });
    }
    room.acquireUninterruptibly(inFlight);
    long tookNanos = System.nanoTime() - begun;
    Throwable failure = failed.get();
    if (failure != null) {
      throw DeliveryException.of(failure);
    }
    return latencies.pace(tookNanos);
  }

  /** What each operation took. Thread-safe. */
  private static final class Latencies {
    private long[] nanos = new long[1024];
    private int count;

    synchronized void add(long each) {
      if (count == nanos.length) {
        nanos = Arrays.copyOf(nanos, 2 * count);
      }
      nanos[count] = each;
      count++;
    }

    synchronized Pace pace(long tookNanos) {
      long[] sorted = Arrays.copyOf(nanos, count);
      Arrays.sort(sorted);
      return new Pace(count * 1e9 / tookNanos, at(sorted, 50), at(sorted, 99));
    }

    private static long at(long[] sorted, int percent) {
      return sorted.length == 0 ? 0 : sorted[(int) ((sorted.length - 1L) * percent / 100)];
    }
  }
}
