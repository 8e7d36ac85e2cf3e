package dev.aeon.bindings.posix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SharedMemoryTest {
  private static final int AROUND = 128;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 63, 64, 65, 127, 128, 129, 1_000, 4_096, 65_537})
  void write_anyOffsetInALine_copiesThoseBytesAndNoOther(int byteCount) {
    try (Arena arena = Arena.ofConfined();
        SharedMemory shared = SharedMemory.create("test", byteCount + 2 * AROUND)) {
      MemorySegment from = arena.allocate(byteCount + AROUND);
      from.copyFrom(MemorySegment.ofArray(randomBytes(byteCount + AROUND)));
      MemorySegment expected = arena.allocate(shared.segment().byteSize());
      for (int offset = 0; offset < AROUND; offset++) {
        shared.segment().fill((byte) 7);
        expected.fill((byte) 7);
        SharedMemory.write(from, AROUND - offset, shared.segment(), offset, byteCount);
        MemorySegment.copy(from, AROUND - offset, expected, offset, byteCount);
        assertThat(shared.segment().mismatch(expected)).as("offset=%d", offset).isEqualTo(-1);
      }
    }
  }

  private static byte[] randomBytes(int count) {
    byte[] bytes = new byte[count];
    new Random(count).nextBytes(bytes);
    return bytes;
  }

  @ParameterizedTest
  @CsvSource({"0, 1, 100", "1, 0, 100", "0, 0, 101", "-1, 0, 1", "0, -1, 1", "0, 0, -1"})
  void write_beyondASegment_isRefusedAndWritesNothing(long fromOffset, long toOffset, long count) {
    try (Arena arena = Arena.ofConfined();
        SharedMemory shared = SharedMemory.create("test", 100)) {
      MemorySegment from = arena.allocate(100).fill((byte) 1);
      assertThatThrownBy(
              () -> SharedMemory.write(from, fromOffset, shared.segment(), toOffset, count))
          .isInstanceOf(IndexOutOfBoundsException.class);
      assertThat(shared.segment().toArray(ValueLayout.JAVA_BYTE)).containsOnly(0);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void write_closedOrReadOnlyMemory_isRefused(boolean closed) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment from = arena.allocate(100);
      SharedMemory shared = SharedMemory.create("test", 100);
      MemorySegment to = closed ? shared.segment() : shared.segment().asReadOnly();
      if (closed) {
        shared.close();
      }
      try (shared) {
        assertThatThrownBy(() -> SharedMemory.write(from, 0, to, 0, 100))
            .isInstanceOfAny(IllegalStateException.class, IllegalArgumentException.class);
      }
    }
  }
}
