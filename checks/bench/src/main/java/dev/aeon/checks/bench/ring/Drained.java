package dev.aeon.checks.bench.ring;

/** What the thread that measures reads from. */
interface Drained extends AutoCloseable {
  /** Reads up to {@code limit} records and returns how many there were. */
  int drain(int limit);

  @Override
  default void close() {}
}
