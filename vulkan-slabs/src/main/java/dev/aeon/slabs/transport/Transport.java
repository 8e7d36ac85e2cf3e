package dev.aeon.slabs.transport;

/**
 * A way for two ends to meet. Implementations have a constructor without parameters, are found by
 * {@link java.util.ServiceLoader}, and are thread-safe.
 */
public interface Transport {
  /** What its URLs begin with, before {@code "://"}. */
  String scheme();

  /**
   * Binds an address.
   *
   * @param address what follows {@code "://"}
   * @throws TransportException where it is malformed, taken, or not to be had
   */
  Acceptor bind(String address, ConnectionOptions options);

  /**
   * Connects, waiting until the other end is known to be there.
   *
   * @param address what follows {@code "://"}
   * @throws TransportException where it is malformed or nobody accepts there
   */
  Connection connect(String address, ConnectionOptions options);
}
