package dev.aeon.slabs.ring;

/** Wakes who sleeps at the other end of a ring, in this process or another. Never blocks. */
@FunctionalInterface
public interface RingSignal {
  void signal();
}
