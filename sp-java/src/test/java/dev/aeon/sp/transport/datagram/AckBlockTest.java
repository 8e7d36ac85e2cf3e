package dev.aeon.sp.transport.datagram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AckBlockTest {
  private static final int RANGE_COUNT_OFFSET = 30;

  private final MemorySegment memory = Arena.ofAuto().allocate(AckBlock.MAX_BYTE_SIZE + 64);
  private final ReceivedPackets received = new ReceivedPackets();
  private final ReceiveQueue queue = new ReceiveQueue(1_000);
  private final AckBlock block = new AckBlock();

  private int write(long... numbers) {
    for (long number : numbers) {
      received.arrived(number, true, 1_000);
    }
    return AckBlock.write(memory, 0, AckBlock.MAX_BYTE_SIZE, received, queue, 51_000);
  }

  @Test
  void block_read_saysWhatWasWritten() throws ProtocolViolation {
    int byteSize = write(0, 1, 2, 5, 9, 10);
    assertThat(block.read(memory, 0, byteSize)).isEqualTo(byteSize);
    assertThat(block.rangeCount()).isEqualTo(3);
    assertThat(block.begin(0)).isEqualTo(9);
    assertThat(block.end(0)).isEqualTo(11);
    assertThat(block.begin(1)).isEqualTo(5);
    assertThat(block.begin(2)).isEqualTo(0);
    assertThat(block.end(2)).isEqualTo(3);
    assertThat(block.delayNanos()).isEqualTo(50_000);
    assertThat(block.positionLimit()).isEqualTo(ReceiveQueue.WINDOW_BYTE_SIZE);
    assertThat(block.messageLimit()).isEqualTo(ReceiveQueue.WINDOW_MESSAGES);
  }

  @Test
  void block_cutAnywhere_isRefused() {
    int byteSize = write(0, 1, 2, 5, 9, 10);
    for (int cut = 0; cut < byteSize; cut++) {
      int left = cut;
      assertThatThrownBy(() -> block.read(memory, 0, left)).isInstanceOf(ProtocolViolation.class);
    }
  }

  @Test
  void block_ofNoOrTooManyRanges_isRefused() {
    int byteSize = write(0);
    for (int count : new int[] {0, ReceivedPackets.MAX_RANGES + 1, 0xffff}) {
      memory.set(PacketLayout.SHORT, RANGE_COUNT_OFFSET, (short) count);
      assertThatThrownBy(() -> block.read(memory, 0, byteSize))
          .isInstanceOf(ProtocolViolation.class)
          .hasMessageContaining("count=" + count);
    }
  }

  @Test
  void block_reachingBelowZero_isRefused() {
    int byteSize = write(0);
    memory.set(PacketLayout.INT, AckBlock.FIXED_BYTE_SIZE + 4L, 2);
    assertThatThrownBy(() -> block.read(memory, 0, byteSize))
        .isInstanceOf(ProtocolViolation.class)
        .hasMessageContaining("impossible range");
  }

  @Test
  void manyGaps_keepTheHighestRanges() throws ProtocolViolation {
    long[] numbers = new long[200];
    for (int index = 0; index < numbers.length; index++) {
      numbers[index] = 2L * index;
    }
    block.read(memory, 0, write(numbers));
    assertThat(block.rangeCount()).isEqualTo(ReceivedPackets.MAX_RANGES);
    assertThat(block.begin(0)).isEqualTo(398);
    assertThat(received.isKnown(0)).isTrue();
    assertThat(received.isKnown(397)).isFalse();
  }

  @Test
  void anyBytes_areTakenOrRefused() {
    Random random = new Random(11);
    byte[] bytes = new byte[AckBlock.MAX_BYTE_SIZE];
    for (int round = 0; round < 20_000; round++) {
      random.nextBytes(bytes);
      MemorySegment.copy(bytes, 0, memory, ValueLayout.JAVA_BYTE, 0, bytes.length);
      memory.set(PacketLayout.SHORT, RANGE_COUNT_OFFSET, (short) random.nextInt(40));
      try {
        int byteSize = block.read(memory, 0, random.nextInt(bytes.length));
        assertThat(byteSize).isBetween(AckBlock.FIXED_BYTE_SIZE, AckBlock.MAX_BYTE_SIZE);
        for (int index = 0; index < block.rangeCount(); index++) {
          assertThat(block.begin(index)).isNotNegative().isLessThan(block.end(index));
        }
      } catch (ProtocolViolation e) {
        assertThat(e).hasMessageContaining("acknowledgement");
      }
    }
  }
}
