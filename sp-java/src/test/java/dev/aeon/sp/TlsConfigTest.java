package dev.aeon.sp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aeon.sp.TlsConfig.AuthMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who talks with whom, and what is known of the peer. */
@Timeout(120)
class TlsConfigTest {
  private final PullSocket pull = PullSocket.open();
  private final PushSocket push = PushSocket.open();
  @TempDir private Path folder;

  @AfterEach
  void close() {
    push.close();
    pull.close();
  }

  private static TlsConfig.Builder identity(String name) {
    return TlsConfig.builder()
        .identity(TestCertificates.certificate(name), TestCertificates.key(name));
  }

  private static TlsConfig.Builder trusting() {
    return TlsConfig.builder().trust(TestCertificates.authority());
  }

  private void connect(TlsConfig listening, TlsConfig dialing) {
    pull.set(SpOptions.TLS, listening);
    push.set(SpOptions.TLS, dialing);
    String url = pull.listen("tls+tcp://127.0.0.1:0").url();
    push.dial(url.replace("127.0.0.1", "localhost"));
  }

  private static PeerTls peerOf(SpSocket socket) {
    Await.openPipes(socket, 1);
    return socket.pipes().getFirst().tls().orElseThrow();
  }

  private void assertRefused() {
    Await.closed(push, "TLS_FAILED");
    assertThat(pull.statistics().pipesOpened()).isZero();
  }

  @Test
  void server_vouchedFor_isVerifiedAndKnown() {
    connect(identity("server").build(), trusting().build());
    PeerTls server = peerOf(push);
    assertThat(server.isVerified()).isTrue();
    assertThat(server.commonName()).hasValue("server");
    assertThat(server.alternativeNames()).contains("localhost", "127.0.0.1");
    assertThat(server.certificate()).isPresent();
    assertThat(server.protocol()).isEqualTo("TLSv1.3");
    assertThat(peerOf(pull).certificate()).isEmpty();
  }

  @Test
  void server_notVouchedFor_isRefused() {
    connect(identity("stranger").build(), trusting().build());
    assertRefused();
  }

  @Test
  void server_ofAnotherName_isRefused() {
    connect(identity("server").build(), trusting().serverName("elsewhere.test").build());
    assertRefused();
  }

  @Test
  void server_ofTheNameAskedFor_isVerified() {
    connect(identity("client").build(), trusting().serverName("client.test").build());
    assertThat(peerOf(push).commonName()).hasValue("client");
  }

  @Test
  void server_notVouchedFor_whereThatIsOptional_isToldApart() {
    connect(identity("stranger").build(), trusting().authMode(AuthMode.OPTIONAL).build());
    assertThat(peerOf(push).isVerified()).isFalse();
    assertThat(peerOf(push).commonName()).hasValue("stranger");
  }

  @Test
  void server_vouchedFor_whereThatIsOptional_isVerified() {
    connect(identity("server").build(), trusting().authMode(AuthMode.OPTIONAL).build());
    assertThat(peerOf(push).isVerified()).isTrue();
  }

  @Test
  void server_whereNothingIsAsked_isNotVerified() {
    connect(identity("server").build(), trusting().authMode(AuthMode.NONE).build());
    assertThat(peerOf(push).isVerified()).isFalse();
  }

  @Test
  void client_withCertificate_isVerifiedAndKnown() {
    connect(
        identity("server").trust(TestCertificates.authority()).authMode(AuthMode.REQUIRED).build(),
        identity("client").trust(TestCertificates.authority()).build());
    PeerTls client = peerOf(pull);
    assertThat(client.isVerified()).isTrue();
    assertThat(client.commonName()).hasValue("client");
  }

  @Test
  void client_withoutRequiredCertificate_isRefused() {
    connect(
        identity("server").trust(TestCertificates.authority()).authMode(AuthMode.REQUIRED).build(),
        trusting().build());
    Await.closed(pull, "TLS_FAILED");
    assertThat(pull.statistics().pipesOpened()).isZero();
  }

  @Test
  void client_withoutOptionalCertificate_isLetIn() {
    connect(
        identity("server").trust(TestCertificates.authority()).authMode(AuthMode.OPTIONAL).build(),
        trusting().build());
    assertThat(peerOf(pull).isVerified()).isFalse();
  }

  @Test
  void listener_withoutCertificate_isRefused() {
    assertThatThrownBy(() -> pull.listen("tls+tcp://127.0.0.1:0"))
        .isInstanceOf(SpAddressException.class)
        .hasMessageContaining("needs a certificate");
  }

  @Test
  void file_missing_isNamed() {
    Path missing = folder.resolve("none.pem");
    assertThatThrownBy(() -> TlsConfig.builder().trust(missing).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("file=" + missing);
  }

  @Test
  void file_thatHoldsSomethingElse_isNamed() throws IOException {
    Path text = Files.writeString(folder.resolve("text.pem"), "hello");
    assertThatThrownBy(() -> TlsConfig.builder().trust(text).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("file=" + text);
    assertThatThrownBy(
            () -> TlsConfig.builder().identity(TestCertificates.authority(), text).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no unencrypted private key");
  }

  @Test
  void key_malformed_isNamed() throws IOException {
    String pem = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n";
    Path key = Files.writeString(folder.resolve("key.pem"), pem);
    assertThatThrownBy(
            () -> TlsConfig.builder().identity(TestCertificates.authority(), key).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("file=" + key);
  }
}
