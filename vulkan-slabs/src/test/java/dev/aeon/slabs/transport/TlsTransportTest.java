package dev.aeon.slabs.transport;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

class TlsTransportTest extends TransportContract {
  private static final SSLContext TRUSTED = SelfSigned.context();

  @Override
  String url() {
    return "tls+tcp://127.0.0.1:0";
  }

  @Override
  ConnectionOptions options() {
    return super.options().withTls(TRUSTED);
  }

  @Test
  void connector_thatDoesNotTrustTheCertificate_isNotConnected() {
    try (Acceptor acceptor = Transports.bind(url(), options())) {
      ConnectionOptions distrusting =
          super.options().withTls(SelfSigned.context()).withTimeout(Duration.ofMillis(500));

      assertThatThrownBy(() -> Transports.connect(acceptor.address(), distrusting))
          .isInstanceOf(TransportException.class);
    }
  }

  @Test
  void acceptor_withoutACertificate_isNotBound() {
    assertThatThrownBy(() -> Transports.bind(url(), super.options()))
        .isInstanceOf(TransportException.class);
  }
}
