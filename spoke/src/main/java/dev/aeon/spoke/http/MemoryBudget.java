package dev.aeon.spoke.http;

import dev.aeon.spoke.model.SpokeException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * How much memory large requests may hold together. Those that would hold more wait for others to
 * end, in order; small ones are not counted. Thread-safe.
 */
final class MemoryBudget {
  private static final long SMALL_BYTES = 256L << 10;
  private static final long UNIT_BYTES = 64L << 10;

  private final int units;
  private final Semaphore free;
  private final Duration patience;

  /** A budget of so many bytes; who waits for longer than {@code patience} is refused. */
  MemoryBudget(long byteSize, Duration patience) {
    this.units = Math.toIntExact(Math.max(1, byteSize / UNIT_BYTES));
    this.free = new Semaphore(units, true);
    this.patience = patience;
  }

  /** What a request holds until it is closed. */
  interface Share extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Waits until there is room; what is larger than the whole budget waits for all of it.
   *
   * @throws SpokeException {@code UNAVAILABLE} where there was none for too long
   */
  Share take(long byteSize) {
    if (byteSize <= SMALL_BYTES) {
      return () -> {};
    }
    int wanted = (int) Math.min(units, byteSize / UNIT_BYTES);
    try {
      if (!free.tryAcquire(wanted, patience.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new SpokeException(
            SpokeException.Code.UNAVAILABLE, "too many large requests at once, waited=" + patience);
      }
      return () -> free.release(wanted);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SpokeException(SpokeException.Code.UNAVAILABLE, "the server is being closed", e);
    }
  }
}
