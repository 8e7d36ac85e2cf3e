package dev.aeon.sp.protocol;

/** One connected peer, as a machine sees it: an identity. */
public interface PipeHandle {
  int FIRST_PRIORITY = 1;
  int DEFAULT_PRIORITY = 8;
  int LAST_PRIORITY = 16;

  /** Unique in its socket, 1 to 0x7fffffff. */
  int id();

  /** {@value #FIRST_PRIORITY}, which is served first, to {@value #LAST_PRIORITY}. */
  default int priority() {
    return DEFAULT_PRIORITY;
  }

  /** Whether the peer is known to understand what goes beyond SP. */
  default boolean isExtended() {
    return false;
  }
}
