package dev.aeon.slabs.rpc;

/** The other end answered that it could not; the message is what it said. */
public final class RemoteFailureException extends RpcException {
  private static final long serialVersionUID = 1L;

  RemoteFailureException(String violation) {
    super(violation);
  }
}
