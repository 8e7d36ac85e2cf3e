package dev.aeon.sp.core;

import java.util.ArrayDeque;

/**
 * Work that a thread does once it holds no strand. Work that arises meanwhile queues up behind, so
 * that sockets which answer each other do not deepen the stack.
 */
final class Trampoline {
  private static final ThreadLocal<Trampoline> CURRENT = ThreadLocal.withInitial(Trampoline::new);

  private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
  private int strandsHeld;
  private boolean running;

  static Trampoline current() {
    return CURRENT.get();
  }

  void strandEntered() {
    strandsHeld++;
  }

  void strandLeft() {
    strandsHeld--;
  }

  void add(Runnable task) {
    tasks.add(task);
  }

  void runIfFree() {
    if (running || strandsHeld > 0) {
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
