package dev.aeon.sp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.aeon.bindings.Errno;
import dev.aeon.bindings.NativeCallException;
import dev.aeon.bindings.posix.DatagramSockets;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What datagram transports are told by options. */
@Timeout(120)
class DatagramOptionsTest {
  private static final String URL = "udp+sp://127.0.0.1:0";

  /** Of a line of {@code /proc}: slot, eight fields, inode. */
  private static final Pattern UDP_SOCKET = Pattern.compile("\\d+:(?:\\s+\\S+){8}\\s+(\\d+)");

  private static byte[] key(int value) {
    byte[] key = new byte[32];
    key[7] = (byte) value;
    return key;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void keys_alike_carryMessages() {
    try (PushSocket push = PushSocket.open();
        PullSocket pull = PullSocket.open()) {
      push.set(SpOptions.DATAGRAM_KEY, key(1));
      pull.set(SpOptions.DATAGRAM_KEY, key(1));
      push.dial(pull.listen(URL).url());
      push.send(bytes("secret"));
      try (Message message = pull.receive(Duration.ofSeconds(60))) {
        assertThat(message.toByteArray()).isEqualTo(bytes("secret"));
      }
    }
  }

  @Test
  void keys_thatDiffer_openNothing() {
    try (PushSocket push = PushSocket.open();
        PullSocket pull = PullSocket.open()) {
      push.set(SpOptions.DATAGRAM_KEY, key(1));
      pull.set(SpOptions.DATAGRAM_KEY, key(2));
      push.set(SpOptions.HANDSHAKE_TIMEOUT, Duration.ofMillis(300));
      Dialer dialer = push.dialer(pull.listen(URL).url());
      assertThatThrownBy(() -> dialer.connect(Duration.ofMillis(500)))
          .isInstanceOf(SpException.class);
      assertThat(pull.pipes()).isEmpty();
    }
  }

  @Test
  void peerTimeout_short_endsAPipeWhosePeerNeverAnswers() {
    try (PairSocket left = PairSocket.open();
        PairSocket right = PairSocket.open()) {
      right.set(SpOptions.DATAGRAM_PEER_TIMEOUT, Duration.ofMillis(50));
      left.set(SpOptions.DATAGRAM_KEEP_ALIVE, Duration.ofHours(1));
      right.set(SpOptions.DATAGRAM_KEEP_ALIVE, Duration.ofHours(1));
      left.dialer(right.listen(URL).url()).connect(Duration.ofSeconds(60));
      Await.closed(right, "IO_ERROR");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 3_000_000})
  void close_rightAfterASend_losesNothing(int byteSize) {
    byte[] body = new byte[byteSize];
    new Random(byteSize).nextBytes(body);
    try (PullSocket pull = PullSocket.open()) {
      String url = pull.listen(URL).url();
      try (PushSocket push = PushSocket.open()) {
        push.set(SpOptions.DATAGRAM_LINGER, Duration.ofSeconds(20));
        push.dial(url);
        push.send(body);
      }
      try (Message message = pull.receive(Duration.ofSeconds(60))) {
        assertThat(message.toByteArray()).isEqualTo(body);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 30})
  void close_whosePeerTakesNothing_endsWithItsTime(long lingerMillis) {
    try (PullSocket pull = PullSocket.open()) {
      String url = pull.listen(URL).url();
      PushSocket push = PushSocket.open();
      push.set(SpOptions.DATAGRAM_LINGER, Duration.ofMillis(lingerMillis));
      push.set(SpOptions.SEND_TIMEOUT, Duration.ofMillis(100));
      push.dialer(url).connect(Duration.ofSeconds(60));
      assertThatThrownBy(() -> sendForEver(push)).isInstanceOf(SpTimeoutException.class);
      push.close();
      assertThatThrownBy(() -> push.send(bytes("late"))).isInstanceOf(SpClosedException.class);
    }
  }

  private static void sendForEver(PushSocket push) {
    while (true) {
      push.send(new byte[1 << 20]);
    }
  }

  /** Both ends are here: one socket of UDP each, or none. */
  @ParameterizedTest
  @CsvSource({"8192, 2", "0, 0"})
  void largeMessages_overRawIp_goByUdpUnlessForbidden(long companionByteSize, int socketCount)
      throws IOException {
    assumePrivileged();
    long before = udpDescriptorCount();
    try (PushSocket push = PushSocket.open();
        PullSocket pull = PullSocket.open()) {
      push.set(SpOptions.DATAGRAM_COMPANION_SIZE, companionByteSize);
      push.dial(pull.listen("ip://127.0.0.1:0/251").url());
      for (int number = 0; number < 100; number++) {
        byte[] body = new byte[200_000];
        new Random(number).nextBytes(body);
        push.send(body);
        try (Message message = pull.receive(Duration.ofSeconds(60))) {
          assertThat(message.toByteArray()).isEqualTo(body);
        }
      }
      assertThat(udpDescriptorCount() - before).isEqualTo(socketCount);
    }
  }

  private static void assumePrivileged() {
    try {
      DatagramSockets.openRaw(InetAddress.getLoopbackAddress(), 251).close();
    } catch (NativeCallException e) {
      assumeTrue(e.errno() != Errno.EPERM, "raw sockets need CAP_NET_RAW");
    }
  }

  private static long udpDescriptorCount() throws IOException {
    Set<String> udp = new HashSet<>();
    for (String line : Files.readAllLines(Path.of("/proc/self/net/udp"))) {
      Matcher inode = UDP_SOCKET.matcher(line);
      if (inode.find()) {
        udp.add("socket:[" + inode.group(1) + "]");
      }
    }
    long count = 0;
    for (String name : Objects.requireNonNull(new File("/proc/self/fd").list())) {
      Path descriptor = Path.of("/proc/self/fd", name);
      boolean isOpen = Files.isSymbolicLink(descriptor);
      count += isOpen && udp.contains(Files.readSymbolicLink(descriptor).toString()) ? 1 : 0;
    }
    return count;
  }

  @Test
  void key_tooShort_isRefused() {
    try (PushSocket push = PushSocket.open()) {
      assertThatThrownBy(() -> push.set(SpOptions.DATAGRAM_KEY, new byte[15]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("datagram-key");
    }
  }

  @Test
  void unreliableMode_overALinkThatLosesNothing_carriesMessages() {
    try (PairSocket left = PairSocket.open();
        PairSocket right = PairSocket.open()) {
      left.set(SpOptions.DATAGRAM_UNRELIABLE, true);
      right.set(SpOptions.DATAGRAM_UNRELIABLE, true);
      left.dialer(right.listen(URL).url()).connect(Duration.ofSeconds(60));
      for (int number = 0; number < 100; number++) {
        left.send(bytes("message " + number));
        try (Message message = right.receive(Duration.ofSeconds(60))) {
          assertThat(message.toByteArray()).isEqualTo(bytes("message " + number));
        }
      }
    }
  }
}
