package dev.aeon.sp.transport.rawip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aeon.sp.transport.TransportException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatagramAddressTest {
  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.1, 2530, 253",
    "192.0.2.1:80, 192.0.2.1, 80, 253",
    "192.0.2.1/254, 192.0.2.1, 2530, 254",
    "[2001:db8::1]:80/1, 2001:db8::1, 80, 1",
    "*:0, *, 0, 253"
  })
  void rawAddress_whatIsLeftOut_hasItsDefault(String text, String host, int port, int protocol) {
    DatagramAddress address = DatagramAddress.parseRaw(text);
    assertThat(address.host().host()).isEqualTo(host);
    assertThat(address.host().port()).isEqualTo(port);
    assertThat(address.protocol()).isEqualTo(protocol);
  }

  @ParameterizedTest
  @CsvSource({
    "host/, 5",
    "host/0, 5",
    "host/255, 5",
    "host/9999, 8",
    "host/x, 5",
    "host:1/2/3, 8",
    "'', 0",
    "/253, 0",
    "host:/253, 5"
  })
  void rawAddress_wrong_tellsWhere(String text, int index) {
    assertThatThrownBy(() -> DatagramAddress.parseRaw(text))
        .isInstanceOfSatisfying(
            TransportException.class, e -> assertThat(e.index()).isEqualTo(index));
  }

  @Test
  void udpAddress_withoutPort_isRefused() {
    assertThatThrownBy(() -> DatagramAddress.parseUdp("host"))
        .isInstanceOf(TransportException.class)
        .hasMessageContaining("port");
  }
}
