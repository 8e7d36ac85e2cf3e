package dev.aeon.spoke.protoc;

import dev.aeon.spoke.model.SpokeException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
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
   * @throws SpokeException {@code LIMIT_EXCEEDED} where it takes longer than the limit
   */
  CompilerProcess.Run run(List<String> arguments, Limits limits) throws IOException {
    permits.acquireUninterruptibly();
    try {
      CompilerProcess process = take();
      try {
        CompilerProcess.Run run = run(process, arguments, limits);
        idle.push(process);
        return run;
      } catch (IOException | SpokeException e) {
        discard(process);
        throw e;
      }
    } finally {
      permits.release();
    }
  }

  private CompilerProcess take() throws IOException {
    for (CompilerProcess known = idle.poll(); known != null; known = idle.poll()) {
      if (known.isUsable()) {
        return known;
      }
      discard(known);
    }
    CompilerProcess started = CompilerProcess.start(executable, folder);
    all.add(started);
    if (isClosed) {
      started.close();
    }
    return started;
  }

  private void discard(CompilerProcess process) {
    process.close();
    all.remove(process);
  }

  private CompilerProcess.Run run(CompilerProcess process, List<String> arguments, Limits limits)
      throws IOException {
    AtomicBoolean isOver = new AtomicBoolean();
    Future<?> alarm =
        clock.schedule(
            () -> {
              if (isOver.compareAndSet(false, true)) {
                process.close();
              }
            },
            limits.time().toMillis(),
            TimeUnit.MILLISECONDS);
    try {
      Optional<CompilerProcess.Run> run = process.run(arguments, limits);
      boolean isLate = !isOver.compareAndSet(false, true);
      if (isLate || run.isEmpty()) {
        throw ended(isLate, limits);
      }
      return run.get();
    } finally {
      alarm.cancel(false);
    }
  }

  private SpokeException ended(boolean isLate, Limits limits) {
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
