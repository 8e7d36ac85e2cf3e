package dev.aeon.slabs.ring;

/**
 * How long a producer gives way to one that took the cell it wanted. Two that go on at once take
 * turns, and every record waits for the other's cache lines; one that holds back for longer each
 * time that they meet soon again lets the other write many in a row, and then does so itself.
 * Confined to its producer.
 */
final class Contention {
  private static final int MIN_SPINS = 8;
  private static final int MAX_SPINS = 512;
  private static final long SOON = 256;

  private int spins = MIN_SPINS;
  private long lastPosition = -SOON;

  /** Waits, some 20 nanoseconds a spin, after the cell of this position was lost. */
  void giveWay(long position) {
    boolean soon = position - lastPosition < SOON;
    spins = soon ? Math.min(spins << 1, MAX_SPINS) : Math.max(spins >> 1, MIN_SPINS);
    lastPosition = position;
    for (int spin = 0; spin < spins; spin++) {
      Thread.onSpinWait();
    }
  }
}
