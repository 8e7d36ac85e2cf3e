package dev.aeon.sp.transport.rawip;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.aeon.sp.transport.TransportException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

class Raw6CarrierTest extends CarrierContract {
  /** Another than the default, so that nothing else on the machine is meant. */
  private static final int PROTOCOL = 254;

  @Override
  CarrierSocket open(InetSocketAddress local) {
    try {
      return RawSockets.open(local, PROTOCOL);
    } catch (TransportException e) {
      assumeTrue(false, e.getMessage());
      throw e;
    }
  }

  @Override
  InetAddress loopback() {
    return InetAddress.ofLiteral("::1");
  }
}
