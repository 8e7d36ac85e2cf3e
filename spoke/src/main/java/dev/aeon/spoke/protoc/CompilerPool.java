package dev.aeon.spoke.protoc;

import dev.aeon.spoke.model.SpokeException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Deque;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Runs of the compiler, so many at once; the others wait. Thread-safe. */
final class CompilerPool implements AutoCloseable {
  /** More would only share the processors; fewer would let long runs hold up short ones. */
  private static final int RUNS_PER_PROCESSOR = 4;

  private final Path executable;
  private final Path folder;
  private final Semaphore permits =
      new Semaphore(RUNS_PER_PROCESSOR * Runtime.getRuntime().availableProcessors(), true);
  private final Deque<CompilerProcess> idle = new ConcurrentLinkedDeque<>();
  private final Set<CompilerProcess> all = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("spoke-compiler-clock").daemon().factory());
  private volatile boolean isClosed;

  CompilerPool(Path executable, Path folder) {
    this.executable = executable;
    this.folder = folder;
  }

  /**
   * Runs the compiler, as {@link CompilerProcess#run} does.
   *
   * @return its exit status
   * @throws SpokeException {@code LIMIT_EXCEEDED} where it takes longer than the limit
   */
  int run(Path runFolder, Limits limits) throws IOException {
    permits.acquireUninterruptibly();
    try {
      CompilerProcess process = take();
      int status = run(process, runFolder, limits);
      idle.push(process);
      return status;
    } finally {
      permits.release();
    }
  }

  private CompilerProcess take() throws IOException {
    for (CompilerProcess known = idle.poll(); known != null; known = idle.poll()) {
      if (known.isAlive()) {
        return known;
      }
      all.remove(known);
    }
    CompilerProcess started = CompilerProcess.start(executable, folder);
    all.add(started);
    if (isClosed) {
      started.close();
    }
    return started;
  }

  private int run(CompilerProcess process, Path runFolder, Limits limits) {
    AtomicBoolean isLate = new AtomicBoolean();
    Future<?> alarm =
        clock.schedule(
            () -> {
              isLate.set(true);
              process.close();
            },
            limits.time().toMillis(),
            TimeUnit.MILLISECONDS);
    try {
      OptionalInt status = process.run(runFolder, limits);
      return status.orElseThrow(() -> ended(process, isLate.get(), limits));
    } finally {
      alarm.cancel(false);
    }
  }

  private SpokeException ended(CompilerProcess process, boolean isLate, Limits limits) {
    process.close();
    all.remove(process);
    return isLate
        ? new SpokeException(
            SpokeException.Code.LIMIT_EXCEEDED, "protoc took longer than limit=" + limits.time())
        : new SpokeException(
            SpokeException.Code.UNAVAILABLE, "protoc was ended from outside, closed=" + isClosed);
  }

  /** Ends all runs; those who wait for one are told that it was ended. */
  @Override
  public void close() {
    isClosed = true;
    all.forEach(CompilerProcess::close);
    clock.shutdownNow();
  }
}
