package dev.aeon.slabs.ring;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Work that waits for other work: each piece has a thread of its own, however few processors. */
final class InThreads {
  private static final Executor EACH = task -> Thread.ofPlatform().daemon().start(task);

  private final List<CompletableFuture<Void>> pieces = new ArrayList<>();

  static <T> CompletableFuture<T> supply(Supplier<T> work) {
    return CompletableFuture.supplyAsync(work, EACH);
  }

  static CompletableFuture<Void> run(Runnable work) {
    return CompletableFuture.runAsync(work, EACH);
  }

  void add(Runnable work) {
    pieces.add(run(work));
  }

  /** Waits for all, but not once one has failed: the others may wait for it in vain. */
  void join() throws Exception {
    join(TimeUnit.MINUTES.toNanos(1));
  }

  void join(long timeoutNanos) throws Exception {
    CompletableFuture<Void> failed = new CompletableFuture<>();
    List<CompletableFuture<Void>> watched =
        pieces.stream().map(each -> each.whenComplete((_, why) -> fail(failed, why))).toList();
    CompletableFuture<Void> all =
        CompletableFuture.allOf(watched.toArray(CompletableFuture[]::new));
    CompletableFuture.anyOf(all, failed).get(timeoutNanos, TimeUnit.NANOSECONDS);
  }

  private static void fail(CompletableFuture<Void> failed, @Nullable Throwable why) {
    if (why != null) {
      failed.completeExceptionally(why);
    }
  }

  /**
   * To be called between two looks: whoever is waited for may need this processor. A test's time
   * limit ends its looking by an interrupt.
   */
  static void letOthersRun() {
    if (Thread.currentThread().isInterrupted()) {
      throw new AssertionError("time is up");
    }
    LockSupport.parkNanos(20_000);
  }
}
