package dev.aeon.sp.transport.datagram;

import static dev.aeon.sp.transport.datagram.SessionFixture.SECOND;
import static dev.aeon.sp.transport.datagram.SessionFixture.SETTINGS;
import static dev.aeon.sp.transport.datagram.SessionFixture.body;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Sessions that cipher, and sessions that do not repair. */
class SessionModesTest {
  private static final DatagramSettings CIPHERED =
      SETTINGS.ciphered("sixteen bytes or".getBytes(StandardCharsets.US_ASCII));
  private static final DatagramSettings OTHERWISE_CIPHERED =
      SETTINGS.ciphered("sixteen bytes of".getBytes(StandardCharsets.US_ASCII));

  private final SessionFixture fixture = new SessionFixture(5);

  @Test
  void ciphered_underFaults_losesNothing() {
    fixture.network.loss = 0.05;
    fixture.network.corruption = 0.05;
    fixture.network.duplication = 0.05;
    fixture.connect(CIPHERED);
    for (int number = 0; number < 100; number++) {
      fixture.dialer.send(body(number, 3_000));
    }
    fixture.run(60 * SECOND);
    assertThat(fixture.listener.received).hasSize(100);
    assertThat(fixture.listener.received.get(99)).isEqualTo(body(99, 3_000));
  }

  @Test
  void ciphered_onTheWire_showsNoContent() {
    fixture.connect(CIPHERED);
    String secret = "nobody else may read this";
    fixture.dialer.send(secret.getBytes(StandardCharsets.US_ASCII));
    fixture.run(SECOND);
    assertThat(fixture.listener.received).hasSize(1);
    assertThat(fixture.dialerCarrier.sent)
        .extracting(packet -> new String(packet, StandardCharsets.ISO_8859_1))
        .noneMatch(packet -> packet.contains("nobody"));
  }

  @Test
  void keys_thatDiffer_neverOpen() {
    fixture.listen(CIPHERED).dial(OTHERWISE_CIPHERED).run(20 * SECOND);
    assertThat(fixture.dialer.said).containsExactly("closed CONNECT_FAILED");
    assertThat(fixture.listener.announcedCount()).isZero();
    assertThat(fixture.endpoint.counters().malformed()).isPositive();
  }

  @Test
  void key_onOneSideOnly_neverOpens() {
    fixture.listen(CIPHERED).dial(SETTINGS).run(20 * SECOND);
    assertThat(fixture.dialer.said).containsExactly("closed CONNECT_FAILED");
    assertThat(fixture.listener.announcedCount()).isZero();
  }

  @Test
  void key_tooShort_isRefused() {
    assertThatThrownBy(() -> SETTINGS.ciphered(new byte[15]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("byteSize=15");
  }

  @Test
  void unreliable_underFaults_losesSomeButNeverDuplicatesOrReorders() {
    fixture.connect(SETTINGS.unreliable());
    fixture.network.loss = 0.2;
    fixture.network.duplication = 0.2;
    fixture.network.reordering = 0.2;
    for (int number = 0; number < 1_000; number++) {
      fixture.dialer.send(body(number, 50));
      fixture.run(SECOND / 1_000);
    }
    fixture.run(SECOND);
    List<Integer> numbers = new ArrayList<>();
    int number = 0;
    for (byte[] received : fixture.listener.received) {
      while (!java.util.Arrays.equals(received, body(number, 50))) {
        number++;
      }
      numbers.add(number++);
    }
    assertThat(numbers.size()).isBetween(500, 900);
    assertThat(numbers).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void unreliable_messageLargerThanAPacket_isDroppedAndCounted() {
    fixture.connect(SETTINGS.unreliable());
    fixture.listener.send(body(1, 2_000));
    fixture.listener.send(body(2, 100));
    fixture.run(SECOND);
    assertThat(fixture.dialer.received).containsExactly(body(2, 100));
    assertThat(fixture.endpoint.counters().looseDropped()).isEqualTo(1);
  }
}
