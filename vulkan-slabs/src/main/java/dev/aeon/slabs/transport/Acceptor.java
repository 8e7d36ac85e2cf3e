package dev.aeon.slabs.transport;

import org.jspecify.annotations.Nullable;

/** A bound address. Thread-safe. */
public interface Acceptor extends AutoCloseable {
  /** The next connection, the caller's to close, or null where nobody new has come; never waits. */
  @Nullable Connection poll();

  /** Has the thread that waits at {@code waits} look again where somebody new comes. */
  void wakes(WaitSet waits);

  /** Where it can be reached: what was bound, with what the system chose filled in. */
  String address();

  /**
   * Accepts no more; those accepted stay. Connections that nobody polled are closed. Idempotent.
   */
  @Override
  void close();
}
