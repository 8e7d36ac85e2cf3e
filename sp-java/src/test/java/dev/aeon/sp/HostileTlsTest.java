package dev.aeon.sp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostileTlsTest extends HostilePeerContract {
  @Override
  String freshUrl() {
    return "tls+tcp://127.0.0.1:0";
  }

  @Override
  void configure(SpSocket socket) {
    socket.set(SpOptions.TLS, TestCertificates.either());
  }

  @Override
  RawPeer connect(String url) throws IOException {
    return RawPeer.connectTls(url);
  }

  @Override
  String frameType() {
    return "";
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0053500000500000",
        "474554202f20485454502f312e310d0a0d0a",
        "16030100ff",
        "160301ffff",
        "1603010004010000ff",
        "15030100020228",
        "170303000541424344ff"
      })
  void bytesThatAreNoTls_neverOpen(String hex) throws IOException {
    try (RawPeer peer = RawPeer.connect(url())) {
      peer.hex(hex);
      peer.halfClose();
      peer.drain();
    }
    Await.until(() -> !pull.statistics().closesByReason().isEmpty());
    assertThat(pull.statistics().closesByReason().keySet()).isSubsetOf("TLS_FAILED", "PEER_CLOSED");
    assertThat(pull.statistics().pipesOpened()).isZero();
    assertThatServiceGoesOn();
  }

  @Test
  void greetingWithoutTls_isNoPeer() throws IOException {
    try (RawPeer peer = RawPeer.connect(url())) {
      peer.hex(GREETING_OF_PUSH);
      peer.drain();
    }
    assertOnlyClosedFor("TLS_FAILED");
  }
}
