package dev.aeon.sp.transport;

/**
 * A way to reach other sockets, named by a URL scheme. Thread-safe and without state of its own per
 * socket. Addresses are what follows {@code scheme://}.
 */
public interface Transport {
  String scheme();

  /**
   * Checks an address without using it.
   *
   * @throws TransportException of kind {@link TransportException.Kind#ADDRESS}
   */
  void check(String address, Direction direction);

  /**
   * Binds, and from then on gives accepted pipes to {@code host}. Called with the host's strand
   * held; may not block.
   *
   * @throws TransportException if the address cannot be bound
   */
  TransportListener listen(String address, PipeHost host);

  /**
   * Begins one attempt to connect: its pipe is announced to {@code host} before this returns, and
   * opens or closes later. Called with the host's strand held; may not block.
   *
   * @throws TransportException if the attempt failed at once, in which case no pipe was announced
   */
  void connect(String address, PipeHost host);

  /** What an address is used for. */
  enum Direction {
    LISTEN,
    DIAL
  }
}
