package dev.aeon.sp.core;

import dev.aeon.sp.transport.Transport;
import dev.aeon.sp.transport.TransportListener;
import org.jspecify.annotations.Nullable;

/** A bound address of a socket. */
public final class CoreListener extends CoreEndpoint {
  private final Transport transport;
  private final String address;
  private @Nullable TransportListener bound;

  CoreListener(SocketCore core, Transport transport, String address) {
    super(core);
    this.transport = transport;
    this.address = address;
  }

  /** The address as bound, or as it is to be. */
  public String address() {
    return bound == null ? address : bound.address();
  }

  @Override
  public String url() {
    return transport.scheme() + "://" + address();
  }

  @Override
  void begin() {
    bound = transport.listen(address, this);
  }

  @Override
  void stop() {
    if (bound != null) {
      bound.close();
    }
  }
}
