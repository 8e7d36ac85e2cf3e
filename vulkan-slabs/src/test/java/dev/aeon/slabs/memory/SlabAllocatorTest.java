package dev.aeon.slabs.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SlabAllocatorTest {
  private final SlabDevice device = SlabDevice.open(DevicePreference.HOST);
  private final Slab slab = device.allocate(256);
  private final SlabAllocator allocator = slab.allocator();

  @AfterEach
  void closeDevice() {
    device.close();
  }

  @Test
  void pieces_followEachOtherAligned() {
    MemorySegment first = allocator.allocate(3, 1);
    MemorySegment second = allocator.allocate(ValueLayout.JAVA_LONG);
    MemorySegment third = allocator.allocateFrom(ValueLayout.JAVA_INT, 1, 2, 3);

    assertThat(byteOffset(first)).isZero();
    assertThat(byteOffset(second)).isEqualTo(8);
    assertThat(byteOffset(third)).isEqualTo(16);
    assertThat(slab.segment().get(ValueLayout.JAVA_INT, 24)).isEqualTo(3);
    assertThat(slab.fillLevel().levelBytes()).isEqualTo(28);
  }

  @Test
  void fullSlab_saysWhatIsLeftAndTakesWhatFits() {
    allocator.allocate(250, 1);

    assertThatExceptionOfType(SlabAllocationException.class)
        .isThrownBy(() -> allocator.allocate(7, 1))
        .withMessageContainingAll("requestedBytes=7", "limitBytes=6");
    assertThatExceptionOfType(SlabAllocationException.class)
        .isThrownBy(() -> allocator.allocate(1, 16));
    assertThatExceptionOfType(SlabAllocationException.class)
        .isThrownBy(() -> allocator.allocate(Long.MAX_VALUE, 1));
    assertThat(allocator.allocate(6, 1).byteSize()).isEqualTo(6);
    assertThat(allocator.allocate(0, 1).byteSize()).isZero();
  }

  @Test
  void sizeOrAlignmentThatIsNone_isRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> allocator.allocate(-1, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> allocator.allocate(1, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> allocator.allocate(1, 3));
  }

  @Test
  void watermarks_keepTheMostAndTheFewestSinceTheyWereSet() {
    FillLevel level = slab.fillLevel();
    allocator.allocate(200, 1);
    allocator.reset();
    allocator.allocate(100, 1);

    assertThat(level.highWatermarkBytes()).isEqualTo(200);
    assertThat(level.lowWatermarkBytes()).isZero();

    level.resetWatermarks();
    allocator.allocate(1, 1);

    assertThat(level.lowWatermarkBytes()).isEqualTo(100);
    assertThat(level.highWatermarkBytes()).isEqualTo(101);
    assertThat(level)
        .hasToString("FillLevel[levelBytes=101 lowWatermarkBytes=100 highWatermarkBytes=101]");
  }

  @Test
  void levels_recordedByManyThreads_leaveTheMostAndTheFewest() {
    FillLevel level = slab.fillLevel();
    level.record(500);
    level.resetWatermarks();

    IntStream.range(0, 4)
        .parallel()
        .forEach(thread -> LongStream.rangeClosed(1, 1000).forEach(level::record));

    assertThat(level.highWatermarkBytes()).isEqualTo(1000);
    assertThat(level.lowWatermarkBytes()).isEqualTo(1);
  }

  private long byteOffset(MemorySegment piece) {
    return piece.address() - slab.segment().address();
  }
}
