package dev.aeon.slabs.rpc;

/** The time that the socket's options allow has passed. */
public final class RpcTimeoutException extends RpcException {
  private static final long serialVersionUID = 1L;

  public RpcTimeoutException(String violation) {
    super(violation);
  }
}
