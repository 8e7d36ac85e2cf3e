package dev.aeon.spoke.http;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Counts requests that are being answered, so that a server can end when there are none. */
final class InFlight {
  private final AtomicLong count = new AtomicLong();
  private final CompletableFuture<Void> drained = new CompletableFuture<>();
  private volatile boolean isClosing;

  /** Runs a request's work as one that is waited for. */
  void run(Runnable request) {
    count.incrementAndGet();
    try {
      request.run();
    } finally {
      if (count.decrementAndGet() == 0 && isClosing) {
        drained.complete(null);
      }
    }
  }

  /** How many requests are being answered. */
  long count() {
    return count.get();
  }

  boolean isClosing() {
    return isClosing;
  }

  /** Waits until no request is being answered, at most so long. */
  void drain(Duration limit) {
    isClosing = true;
    if (count.get() > 0) {
      drained.completeOnTimeout(null, limit.toNanos(), TimeUnit.NANOSECONDS).join();
    }
  }
}
