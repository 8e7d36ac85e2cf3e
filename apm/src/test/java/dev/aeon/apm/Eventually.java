package dev.aeon.apm;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** Waits for what other threads bring about, and fails where it does not come. */
public final class Eventually {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration PAUSE = Duration.ofMillis(10);

  private Eventually() {}

  /**
   * Looks on this thread, with a pause between two looks: a clock that each look advances does not
   * outrun what waits for others.
   */
  public static void until(Callable<Boolean> condition) {
    Awaitility.await()
        .pollInSameThread()
        .pollDelay(Duration.ZERO)
        .pollInterval(PAUSE)
        .atMost(PATIENCE)
        .until(condition);
  }

  /** What a future comes to. */
  public static <T> T get(CompletableFuture<T> future) throws Exception {
    return future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  /** What comes next in a queue. */
  public static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
    return next(queue, PATIENCE);
  }

  /** What comes next in a queue, where that may take longer. */
  public static <T> T next(BlockingQueue<T> queue, Duration patience) throws InterruptedException {
    T next = queue.poll(patience.toSeconds(), TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("nothing came: patience=" + patience);
    }
    return next;
  }
}
