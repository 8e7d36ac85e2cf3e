package dev.aeon.sp.transport.rawip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.aeon.sp.transport.TransportException;
import dev.aeon.sp.transport.datagram.Carrier;
import dev.aeon.sp.transport.datagram.PeerAddress;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class RawCarrierTest extends CarrierContract {
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
    return InetAddress.ofLiteral("127.0.0.1");
  }

  @Test
  void companion_opened_isReachedByUdp() {
    Received received = new Received();
    try (SocketCarrier raw = carrier(open(anyPort()), new Received())) {
      Carrier.Companion first = raw.openCompanion();
      Carrier.Companion second = raw.openCompanion();
      assertThat(second.port()).as("the same port is taken").isNotEqualTo(first.port());
      first.carrier().onPackets(received);
      second.carrier().onPackets(new Received());
      long byteOffset = second.carrier().reserve(1);
      second.carrier().memory().set(ValueLayout.JAVA_BYTE, byteOffset, (byte) 7);
      PeerAddress there = PeerAddresses.of(new InetSocketAddress(loopback(), first.port()));
      second.carrier().queue(there, 1);
      second.carrier().flush();
      assertThat(reactor().turn()).isTrue();
      assertThat(received.packets).containsExactly(new byte[] {7});
      first.carrier().close();
      second.carrier().close();
    }
  }
}
