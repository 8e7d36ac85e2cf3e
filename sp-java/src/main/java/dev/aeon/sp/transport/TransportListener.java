package dev.aeon.sp.transport;

/** A bound address. Methods are called with the host's strand held. */
public interface TransportListener extends AutoCloseable {
  /** The address as bound, with what the system chose filled in. */
  String address();

  /** Unbinds; pipes accepted before stay. Idempotent. */
  @Override
  void close();
}
