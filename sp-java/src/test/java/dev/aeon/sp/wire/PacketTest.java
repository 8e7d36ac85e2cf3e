package dev.aeon.sp.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
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

  @Test
  void body_asBefore_isTheSameView() {
    Packet packet = of(1, 2, 3, 4, 5, 6);
    MemorySegment whole = packet.body();
    assertThat(packet.body()).isSameAs(whole);
    packet.release();
  }

  @Test
  void body_withAndWithoutHeader_areTwoViewsThatAreKept() {
    Packet packet = of(1, 2, 3, 4, 5, 6);
    MemorySegment whole = packet.body();
    packet.moveWordToHeader();
    MemorySegment rest = packet.body();
    assertThat(rest.toArray(ValueLayout.JAVA_BYTE)).containsExactly(5, 6);
    packet.becomeReceived();
    assertThat(packet.body()).isSameAs(whole);
    packet.moveWordToHeader();
    assertThat(packet.body()).isSameAs(rest);
    packet.release();
  }

  @Test
  void body_afterItsBoundsMoved_isAViewOfWhatIsBodyNow() {
    Packet packet = Packet.allocate(4, 2, 2);
    packet.body().copyFrom(MemorySegment.ofArray(new byte[] {1, 2, 3, 4}));
    packet.trimBody(1);
    assertThat(packet.body().toArray(ValueLayout.JAVA_BYTE)).containsExactly(2, 3, 4);
    packet.chopBody(1);
    assertThat(packet.body().toArray(ValueLayout.JAVA_BYTE)).containsExactly(2, 3);
    packet.growFront(1);
    packet.growBack(1);
    assertThat(packet.body().toArray(ValueLayout.JAVA_BYTE)).containsExactly(1, 2, 3, 4);
    packet.trimBody(4);
    assertThat(packet.body().byteSize()).isZero();
    packet.release();
  }

  @Test
  void body_ofLentPacket_isThatOfEachLoan() {
    MemorySegment memory = Arena.ofAuto().allocate(Packet.HEADROOM + 16);
    Packet packet = Packet.over(memory, () -> {});
    packet.lend(16);
    MemorySegment first = packet.body();
    packet.release();
    packet.lend(8);
    assertThat(packet.body().byteSize()).isEqualTo(8);
    packet.release();
    packet.lend(16);
    assertThat(packet.body()).isSameAs(first);
    packet.release();
  }

  @Test
  void largestBody_withTheHeaderItArrivedWith_isKeptAtRest() {
    Packet packet = Packet.allocate((1 << 20) + 64);
    MemorySegment memory = packet.memory();
    packet.release();
    Packet again = Packet.allocate(1 << 20);
    assertThat(again.memory()).isSameAs(memory);
    again.release();
  }
}
