package dev.aeon.sp.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aeon.sp.transport.Transport;
import dev.aeon.sp.transport.TransportException;
import dev.aeon.sp.transport.TransportListener;
import dev.aeon.sp.transport.rawip.UdpTransport;
import org.junit.jupiter.api.Test;

class UdpTransportTest extends TransportContract {
  private final Transport transport = new UdpTransport();

  @Override
  Transport transport() {
    return transport;
  }

  @Override
  String freshAddress() {
    return "127.0.0.1:0";
  }

  /** Nothing answers where nobody listens but the handshake's end. */
  @Override
  void configure(CoreSettings settings) {
    settings.handshakeNanos = 1_000_000_000;
  }

  @Test
  void listen_everyAddress_isReachedByBothVersionsOfIp() {
    TransportListener listener =
        listeningHost().call(() -> transport.listen("*:0", listeningHost()));
    listeningHost().closing(listener);
    String port = listener.address().substring(listener.address().lastIndexOf(':'));
    dialingHost().run(() -> transport.connect("127.0.0.1" + port, dialingHost()));
    assertThat(dialingHost().next()).isEqualTo("opened");
    assertThat(listeningHost().next()).isEqualTo("opened");
    dialingHost().run(() -> transport.connect("[::1]" + port, dialingHost()));
    assertThat(dialingHost().next()).isEqualTo("opened");
    assertThat(listeningHost().next()).isEqualTo("opened");
  }

  @Test
  void connect_byName_opens() {
    TransportListener listener =
        listeningHost().call(() -> transport.listen("*:0", listeningHost()));
    listeningHost().closing(listener);
    String port = listener.address().substring(listener.address().lastIndexOf(':'));
    dialingHost().run(() -> transport.connect("localhost" + port, dialingHost()));
    assertThat(dialingHost().next()).isEqualTo("opened");
    assertThat(listeningHost().next()).isEqualTo("opened");
  }

  @Test
  void connect_unknownName_fails() {
    dialingHost().run(() -> transport.connect("no.such.host.invalid:1", dialingHost()));
    assertThat(dialingHost().next()).isEqualTo("closed CONNECT_FAILED");
  }

  @Test
  void check_addressThatNobodyCanDial_isRefused() {
    for (String address : new String[] {"*:1", "127.0.0.1:0"}) {
      assertThatThrownBy(() -> transport.check(address, Transport.Direction.DIAL))
          .isInstanceOf(TransportException.class)
          .hasMessageContaining("cannot be dialed");
    }
  }
}
