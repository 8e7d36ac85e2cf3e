package dev.aeon.slabs.rpc;

/** Makes of a message what the application wants of it. */
@FunctionalInterface
public interface PayloadReader<T> {
  /**
   * Called once per message, on the thread that takes it from the ring, which the message leaves
   * when this returns or throws. Must not block.
   */
  T read(Payload payload);
}
