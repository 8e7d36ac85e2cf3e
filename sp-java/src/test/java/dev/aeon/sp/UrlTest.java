package dev.aeon.sp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UrlTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense",
        "http://localhost",
        "inproc://",
        "ipc://",
        "tcp://",
        "tcp://127.0.0.1",
        "tcp://127.0.0.1:",
        "tcp://127.0.0.1:x",
        "tcp://127.0.0.1:-1",
        "tcp://127.0.0.1:+1",
        "tcp://127.0.0.1:65536",
        "tcp://::1:80",
        "tcp://[]:80",
        "tcp:// :80",
        "tcp://127.0.0.1:0",
        "tcp://*:80"
      })
  void dial_malformedUrl_isRefusedWithTheUrl(String url) {
    try (PushSocket push = PushSocket.open()) {
      assertThatThrownBy(() -> push.dial(url))
          .isInstanceOf(SpAddressException.class)
          .hasMessageContaining("url=" + url);
    }
  }

  @Test
  void dial_ipcPathTooLong_isRefused() {
    try (PushSocket push = PushSocket.open()) {
      assertThatThrownBy(() -> push.dial("ipc:///" + "x".repeat(107)))
          .isInstanceOf(SpAddressException.class);
    }
  }

  @Test
  void listen_portZero_saysWhichPortItGot() {
    try (PullSocket pull = PullSocket.open()) {
      assertThat(pull.listen("tcp://127.0.0.1:0").url()).matches("tcp://127\\.0\\.0\\.1:[1-9]\\d+");
    }
  }

  @Test
  void dial_hostName_connects() {
    try (PullSocket pull = PullSocket.open();
        PushSocket push = PushSocket.open()) {
      push.dial(pull.listen("tcp://127.0.0.1:0").url().replace("127.0.0.1", "localhost"));
      push.send(new byte[3]);
      assertThat(pull.receive().byteSize()).isEqualTo(3);
    }
  }

  @Test
  void options_unknownOrOutOfRange_areRefused() {
    try (PushSocket push = PushSocket.open()) {
      assertThatThrownBy(() -> push.set(SpOptions.MAX_HOPS, 3))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("option=max-hops");
      assertThatThrownBy(() -> push.set(SpOptions.MAX_RECEIVE_SIZE, -1L))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("value=-1");
      assertThat(push.get(SpOptions.MAX_RECEIVE_SIZE)).isEqualTo(16L << 20);
    }
  }
}
