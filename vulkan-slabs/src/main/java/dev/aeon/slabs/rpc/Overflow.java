package dev.aeon.slabs.rpc;

/** What happens to news that find no room in a subscriber's response slab. */
public enum Overflow {
  /** The subscriber misses them, which the broker counts; nobody waits. */
  DROP,
  /** Publishers wait for the subscriber. */
  WAIT
}
