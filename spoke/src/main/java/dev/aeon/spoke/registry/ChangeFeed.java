package dev.aeon.spoke.registry;

import dev.aeon.spoke.model.Change;
import dev.aeon.spoke.store.SchemaStore;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Publications as they come, those of other servers over the same store too. Thread-safe; closing
 * wakes all that wait.
 */
public final class ChangeFeed {
  /** How often the store is asked for what other processes published. */
  private static final long LOOK_NANOS = Duration.ofMillis(250).toNanos();

  private final SchemaStore store;
  private final AtomicReference<CompletableFuture<Void>> next =
      new AtomicReference<>(new CompletableFuture<>());
  private volatile boolean isClosed;

  ChangeFeed(SchemaStore store) {
    this.store = store;
  }

  /** Tells those who wait that this process published something. */
  void signal() {
    next.getAndSet(new CompletableFuture<>()).complete(null);
  }

  /** The sequence of the latest publication, 0 where there is none. */
  public long lastSequence() {
    return store.lastSequence();
  }

  /**
   * Publications after a sequence, oldest first, at most {@code limit}. Where there are none, it
   * waits for the first one; empty when the wait or the feed is over.
   */
  public List<Change> after(long sequence, int limit, Duration wait) {
    long remaining = wait.toNanos();
    while (true) {
      CompletableFuture<Void> signal = Objects.requireNonNull(next.get());
      List<Change> changes = store.changes(sequence, limit);
      if (!changes.isEmpty() || remaining <= 0 || isClosed) {
        return changes;
      }
      await(signal, Math.min(remaining, LOOK_NANOS));
      remaining -= LOOK_NANOS;
    }
  }

  private void await(CompletableFuture<Void> signal, long nanos) {
    try {
      signal.copy().orTimeout(nanos, TimeUnit.NANOSECONDS).join();
    } catch (CompletionException e) {
      if (!(e.getCause() instanceof TimeoutException)) {
        throw e;
      }
    }
  }

  /** Wakes all that wait, and those that come later at once. */
  public void close() {
    isClosed = true;
    signal();
  }
}
