package dev.aeon.sp.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;

class ReceiveBufferTest {
  private static final int CAPACITY = 64 << 10;

  private final ReceiveBuffer buffer = new ReceiveBuffer(CAPACITY);
  private int lastWritten;
  private int lastRead;

  private void arrive(int byteCount) {
    assertThat(buffer.makeRoom()).isGreaterThanOrEqualTo(byteCount);
    for (int index = 0; index < byteCount; index++) {
      buffer
          .memory()
          .set(ValueLayout.JAVA_BYTE, buffer.limit() + index, (byte) (lastWritten++ % 251));
    }
    buffer.arrived(byteCount);
  }

  /** Takes bytes off the front and compares them with what arrived. */
  private void decode(int byteCount) {
    for (int index = 0; index < byteCount; index++) {
      assertThat(buffer.memory().get(ValueLayout.JAVA_BYTE, buffer.position() + index))
          .isEqualTo((byte) (lastRead++ % 251));
    }
    buffer.consumed(byteCount);
  }

  @Test
  void rest_ofLittle_keepsItInLittleMemory() {
    arrive(3_000);
    decode(100);
    buffer.rest();
    assertThat(buffer.memory().byteSize()).isLessThan(CAPACITY / 8);
    decode(2_900);
    assertThat(buffer.remaining()).isZero();
  }

  @Test
  void rest_ofMuch_movesNothing() {
    arrive(40_000);
    decode(100);
    buffer.rest();
    assertThat(buffer.memory().byteSize()).isGreaterThanOrEqualTo(CAPACITY);
    decode(39_900);
  }

  @Test
  void rest_inLittleMemory_growsForWhatArrivesThen() {
    arrive(3_000);
    buffer.rest();
    decode(1_000);
    assertThat(buffer.makeRoom()).isEqualTo(CAPACITY - 2_000);
    arrive(60_000);
    decode(62_000);
    assertThat(buffer.remaining()).isZero();
  }

  @Test
  void rest_again_leavesLittleMemoryAsItIs() {
    arrive(3_000);
    buffer.rest();
    long address = buffer.memory().address();
    decode(2_990);
    buffer.rest();
    assertThat(buffer.memory().address()).isEqualTo(address);
    decode(10);
  }
}
