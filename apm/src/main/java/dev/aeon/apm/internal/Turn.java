package dev.aeon.apm.internal;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets one thread at a time do something, and none once it is over: who waits for its turn then is
 * turned away, so that whoever has the turn may end it and wait for the others. Thread-safe.
 */
public final class Turn {
  private static final long LOOK_MILLIS = 20;

  private final ReentrantLock lock = new ReentrantLock();
  private volatile boolean over;

  /** Runs {@code work} in its turn; does not where it is over or the thread is interrupted. */
  public void take(Runnable work) {
    if (!enter()) {
      return;
    }
    try {
      if (!over) {
        work.run();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Ends it; who has the turn keeps it until done. */
  public void end() {
    over = true;
  }

  public boolean isOver() {
    return over;
  }

  private boolean enter() {
    try {
      while (!over) {
        if (lock.tryLock(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
          return true;
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    return false;
  }
}
