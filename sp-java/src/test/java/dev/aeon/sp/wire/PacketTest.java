package dev.aeon.sp.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;

class PacketTest {
  private static Packet of(int... bytes) {
    byte[] body = new byte[bytes.length];
    for (int index = 0; index < bytes.length; index++) {
      body[index] = (byte) bytes[index];
    }
    return Packet.copyOf(MemorySegment.ofArray(body));
  }

  @Test
  void words_prependedThenReceived_comeBackInOrder() {
    Packet packet = of(9);
    packet.prependWord(0x8000_0001);
    packet.prependWord(5);
    Packet received = packet.copyAsReceived();
    assertThat(received.moveWordToHeader()).isEqualTo(5);
    assertThat(received.moveWordToHeader()).isEqualTo(0x8000_0001);
    assertThat(received.hasWord()).isFalse();
    assertThat(received.body().toArray(ValueLayout.JAVA_BYTE)).containsExactly(9);
    assertThat(received.headerWordCount()).isEqualTo(2);
    packet.release();
    received.release();
  }

  @Test
  void prependWord_beyondHeadroom_throws() {
    Packet packet = of();
    for (int count = 0; count < 16; count++) {
      packet.prependWord(count);
    }
    assertThatThrownBy(
            () -> {
              for (int count = 0; count < 3; count++) {
                packet.prependWord(count);
              }
            })
        .isInstanceOf(IllegalStateException.class);
    packet.release();
  }

  @Test
  void release_lastOwner_givesMemoryBack() {
    Packet packet = Packet.allocate(100);
    packet.retain();
    assertThat(packet.isShared()).isTrue();
    packet.release();
    assertThat(packet.isShared()).isFalse();
    packet.release();
    assertThatThrownBy(packet::release).isInstanceOf(IllegalStateException.class);
  }
}
