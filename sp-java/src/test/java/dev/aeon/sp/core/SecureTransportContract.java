package dev.aeon.sp.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aeon.sp.TestCertificates;
import dev.aeon.sp.transport.PeerProperties;
import dev.aeon.sp.transport.TlsSettings;
import dev.aeon.sp.transport.tls.Pem;
import dev.aeon.sp.transport.tls.TlsContexts;
import org.junit.jupiter.api.Test;

/** What sockets rely on in transports with TLS besides. */
abstract class SecureTransportContract extends TransportContract {
  @Override
  void configure(CoreSettings settings) {
    settings.tls =
        new TlsSettings(
            TlsContexts.context(
                Pem.identity(
                    TestCertificates.certificate("server"), TestCertificates.key("server")),
                Pem.trusted(TestCertificates.authority()),
                TlsSettings.AuthMode.REQUIRED),
            true,
            null,
            null);
  }

  @Test
  void connect_dialer_knowsTheServersCertificate() {
    connect();
    PeerProperties properties = dialingHost().properties();
    assertThat(properties.tls().isVerified()).isTrue();
    assertThat(properties.tls().commonName()).isEqualTo("server");
  }
}
