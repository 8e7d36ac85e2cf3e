package dev.aeon.slabs.rpc;

/** The other end has closed, or its process has gone. Whether it had acted is not known. */
public final class PeerLostException extends RpcException {
  private static final long serialVersionUID = 1L;

  PeerLostException(String violation) {
    super(violation);
  }
}
