package dev.aeon.apm.track;

import dev.aeon.apm.internal.Threads;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Timers by the system's monotonic clock, on one thread of their own. */
public final class SystemTimers implements Timers {
  private static final Logger LOG = LoggerFactory.getLogger(SystemTimers.class);

  private final ScheduledThreadPoolExecutor executor;
  private volatile @Nullable Thread thread;

  /**
   * Starts with the first timer.
   *
   * @param name what the thread is named after
   */
  public SystemTimers(String name) {
    this.executor = new ScheduledThreadPoolExecutor(1, task -> newThread(name, task));
    executor.setRemoveOnCancelPolicy(true);
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  private Thread newThread(String name, Runnable task) {
    Thread made = Thread.ofPlatform().daemon().name("apm-timer-" + name).unstarted(task);
    thread = made;
    return made;
  }

  @Override
  public Timer after(Duration delay, Runnable task) {
    try {
      ScheduledFuture<?> scheduled =
          executor.schedule(() -> guarded(task), delay.toNanos(), TimeUnit.NANOSECONDS);
      return () -> scheduled.cancel(false);
    } catch (RejectedExecutionException _) {
      return () -> {};
    }
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public void close() {
    executor.shutdownNow();
    Thread running = thread;
    if (running != null) {
      Threads.join(running);
    }
  }

  private static void guarded(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error e) {
      LOG.error("timer failed", e);
    }
  }
}
