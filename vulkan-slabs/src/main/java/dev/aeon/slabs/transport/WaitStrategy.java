package dev.aeon.slabs.transport;

/** What a thread does that finds nothing to do: what it pays in processor time against delay. */
public enum WaitStrategy {
  /** Never leaves the processor. */
  SPIN,

  /** Lets other threads run between two looks. */
  YIELD,

  /** Spins, yields, then pauses for longer and longer between two looks, up to a millisecond. */
  PARK,

  /** Spins, yields, then sleeps on a descriptor that the other end signals. */
  WAKE_UP
}
