package dev.aeon.sp.core;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** Tasks run one after another by a virtual thread that ends when there are none. Thread-safe. */
final class SerialTasks {
  private final String name;
  private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
  private boolean running;

  SerialTasks(String name) {
    this.name = name;
  }

  synchronized void add(Runnable task) {
    tasks.add(task);
    if (!running) {
      running = true;
      var _ = Thread.ofVirtual().name(name).start(this::runAll);
    }
  }

  private void runAll() {
    for (Runnable task = next(); task != null; task = next()) {
      task.run();
    }
  }

  private synchronized @Nullable Runnable next() {
    Runnable task = tasks.poll();
    running = task != null;
    return task;
  }
}
