package dev.aeon.slabs.transport;

/** An address cannot be used, or a connection could not be made or kept. */
public final class TransportException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public TransportException(String violation) {
    super(violation);
  }

  public TransportException(String violation, Throwable cause) {
    super(violation, cause);
  }
}
