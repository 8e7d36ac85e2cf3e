package dev.aeon.slabs.transport;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Whether a thread is about to sleep, for those that have to wake it. It {@link #set}s the alarm
 * and then looks once more for what it waits for; whoever brings that looks at the alarm
 * afterwards: so that one of the two sees the other (Dekker's rule). Thread-safe.
 */
final class Alarm {
  private final AtomicBoolean set = new AtomicBoolean();

  void set() {
    set.set(true);
  }

  void clear() {
    set.set(false);
  }

  /** Whether the sleeper has to be woken, and by this call's thread. */
  boolean goesOff() {
    return set.get() && set.compareAndSet(true, false);
  }
}
