package dev.aeon.slabs.rpc;

/** The socket is closed, or became so while its caller waited. */
public final class SocketClosedException extends RpcException {
  private static final long serialVersionUID = 1L;

  public SocketClosedException(String violation) {
    super(violation);
  }
}
