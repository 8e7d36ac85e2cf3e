package dev.aeon.sp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

  @ParameterizedTest
  @CsvSource({
    "'',0",
    "nonsense,8",
    "gopher://x,0",
    "inproc://,9",
    "ipc://,6",
    "tcp://,6",
    "tcp://127.0.0.1,15",
    "tcp://127.0.0.1:,16",
    "tcp://127.0.0.1:8x0,17",
    "tcp://127.0.0.1:65536,16",
    "tcp://:80,6",
    "tcp://a b:80,7",
    "tcp://[::1:80,13",
    "tcp://[::1]80,11",
    "tcp://[]:80,7",
    "tcp://;127.0.0.1:80,6",
    "tcp://127.0.0.2;:80,16",
    "tcp4://[::1]:80,7"
  })
  void dial_malformedUrl_saysWhere(String url, int index) {
    try (PushSocket push = PushSocket.open()) {
      assertThatThrownBy(() -> push.dial(url))
          .isInstanceOfSatisfying(
              SpAddressException.class, e -> assertThat(e.index()).isEqualTo(index));
    }
  }

  @Test
  void dial_everyPrefixOfAUrl_isParsedOrRefusedWithAPlaceInIt() {
    String url = "tcp://127.0.0.2;[::1]:6553";
    for (int end = 0; end <= url.length(); end++) {
      String prefix = url.substring(0, end);
      try (PushSocket push = PushSocket.open()) {
        push.dial(prefix);
      } catch (SpAddressException e) {
        assertThat(e.index()).isBetween(0, end);
      }
    }
  }

  @Test
  void dial_fromALocalAddress_isSeenByTheListener() {
    try (PullSocket pull = PullSocket.open();
        PushSocket byOption = PushSocket.open();
        PushSocket byUrl = PushSocket.open()) {
      String url = pull.listen("tcp://127.0.0.1:0").url();
      byOption.set(SpOptions.TCP_LOCAL_ADDRESS, new InetSocketAddress("127.0.0.3", 0));
      byOption.dial(url);
      byUrl.dial(url.replace("127.0.0.1", "127.0.0.4;127.0.0.1"));
      Await.openPipes(pull, 2);
      assertThat(pull.pipes())
          .extracting(pipe -> pipe.remoteAddress().replaceFirst(":\\d+$", ""))
          .containsExactlyInAnyOrder("tcp://127.0.0.3", "tcp://127.0.0.4");
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
