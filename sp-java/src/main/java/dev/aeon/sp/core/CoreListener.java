package dev.aeon.sp.core;

import dev.aeon.sp.transport.Transport;
import dev.aeon.sp.transport.TransportListener;

/** A bound address of a socket. */
public final class CoreListener extends CoreEndpoint {
  private final TransportListener bound;

  CoreListener(SocketCore core, Transport transport, String address) {
    super(core);
    this.bound = transport.listen(address, this);
  }

  /** The address as bound. */
  public String address() {
    return bound.address();
  }

  @Override
  void stop() {
    bound.close();
  }
}
