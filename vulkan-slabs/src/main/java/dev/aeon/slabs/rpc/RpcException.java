package dev.aeon.slabs.rpc;

/** What the outside world does to a socket. */
public abstract sealed class RpcException extends RuntimeException
    permits PeerLostException, RemoteFailureException, RpcTimeoutException, SocketClosedException {
  private static final long serialVersionUID = 1L;

  RpcException(String violation) {
    super(violation);
  }
}
