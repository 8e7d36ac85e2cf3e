package dev.aeon.sp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Scanner;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Peers that connect and never become peers, over every transport with connections. */
@Timeout(120)
abstract class HostileConnectionContract {
  private static final int HALF_OPEN_COUNT = 10_000;

  /** Both ends of the half-open connections, of which a listener keeps some, and all else. */
  private static final int DESCRIPTOR_COUNT = 16_000;

  @TempDir Path folder;
  final PullSocket pull = PullSocket.open();
  private String url;

  /** A URL to listen on that no other test uses. */
  abstract String freshUrl();

  /** Sets what the transport needs. */
  void configure(SpSocket socket) {}

  @BeforeEach
  void configurePull() {
    configure(pull);
  }

  @AfterEach
  void closePull() {
    pull.close();
  }

  /** Where {@link #pull} listens, from the first call on. */
  final String url() {
    if (url == null) {
      url = pull.listen(freshUrl()).url();
    }
    return url;
  }

  final void assertThatServiceGoesOn() {
    try (PushSocket push = PushSocket.open()) {
      configure(push);
      push.dial(url());
      push.send("fine".getBytes(StandardCharsets.UTF_8));
      try (Message message = pull.receive()) {
        assertThat(new String(message.toByteArray(), StandardCharsets.UTF_8)).isEqualTo("fine");
      }
    }
  }

  final void assertOnlyClosedFor(String reason) {
    Await.closed(pull, reason);
    assertThat(pull.statistics().closesByReason()).isEqualTo(Map.of(reason, 1L));
    assertThatServiceGoesOn();
  }

  @Test
  void peerThatSaysNothing_isClosedAtTheLimit() throws IOException {
    pull.set(SpOptions.HANDSHAKE_TIMEOUT, Duration.ofMillis(200));
    try (RawPeer peer = RawPeer.connect(url())) {
      peer.drain();
    }
    Await.closed(pull, "HANDSHAKE_TIMEOUT");
    assertThat(pull.statistics().closesByReason()).isEqualTo(Map.of("HANDSHAKE_TIMEOUT", 1L));
  }

  @Test
  void peersThatLeaveAtOnce_doNoHarm() throws IOException {
    for (int index = 0; index < 200; index++) {
      RawPeer.connect(url()).close();
    }
    assertThatServiceGoesOn();
  }

  @Test
  void tenThousandHalfOpenConnections_costNoMoreThanTheLimitAndHinderNobody() throws IOException {
    assumeTrue(descriptorLimit() >= DESCRIPTOR_COUNT, "too few descriptors allowed");
    List<RawPeer> peers = new ArrayList<>();
    try {
      for (int index = 0; index < HALF_OPEN_COUNT; index++) {
        peers.add(RawPeer.connect(url()));
      }
      assertThatServiceGoesOn();
      Await.until(() -> evictedCount() >= HALF_OPEN_COUNT - 4096);
    } finally {
      for (RawPeer peer : peers) {
        peer.close();
      }
    }
    assertThatServiceGoesOn();
  }

  private long evictedCount() {
    return pull.statistics().closesByReason().getOrDefault("HANDSHAKE_TIMEOUT", 0L);
  }

  private static long descriptorLimit() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/limits")).stream()
        .filter(line -> line.startsWith("Max open files"))
        .map(line -> new Scanner(line.substring("Max open files".length())).next())
        .mapToLong(limit -> limit.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(limit))
        .findFirst()
        .orElse(0);
  }
}
