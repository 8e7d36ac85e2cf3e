package dev.aeon.sp.protocol;

/**
 * One conversation of a machine that holds many at once: it sends and receives as the machine does,
 * with a state of its own. Confined like its machine.
 */
public interface MachineContext {
  void send(Operation operation, long nowNanos);

  void receive(Operation operation, long nowNanos);

  /** Forgets {@code operation}; false if it is not waiting here. */
  boolean withdraw(Operation operation);

  /** Fails what waits here as closed and releases what is held. Idempotent. */
  void close();
}
