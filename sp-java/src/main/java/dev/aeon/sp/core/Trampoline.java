package dev.aeon.sp.core;

import dev.aeon.sp.wire.PerThread;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * What a thread has to itself: the operation that its calls use again and again, and work to do
 * once it holds no strand. Work that arises meanwhile queues up behind, so that sockets which
 * answer each other do not deepen the stack.
 */
final class Trampoline {
  private static final PerThread<Trampoline> CURRENT = new PerThread<>(Trampoline::new);

  private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
  private int strandsHeld;
  private boolean running;
  private @Nullable BlockingOperation idleOperation;

  static Trampoline current() {
    return CURRENT.get();
  }

  void strandEntered() {
    strandsHeld++;
  }

  void strandLeft() {
    strandsHeld--;
  }

  /** The thread's operation for its next call, or null if there is none at rest. */
  @Nullable BlockingOperation takeIdleOperation() {
    BlockingOperation idle = idleOperation;
    idleOperation = null;
    return idle;
  }

  void keepIdle(BlockingOperation operation) {
    idleOperation = operation;
  }

  void add(Runnable task) {
    tasks.add(task);
  }

  void runIfFree() {
    if (tasks.isEmpty() || running || strandsHeld > 0) {
      return;
    }
    running = true;
    try {
      for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
        task.run();
      }
    } finally {
      running = false;
    }
  }
}
