package dev.aeon.slabs.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.aeon.slabs.memory.DevicePreference;
import dev.aeon.slabs.memory.Slab;
import dev.aeon.slabs.memory.SlabDevice;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A peer that writes what no correct peer writes. */
class HostileRingTest {
  private static final long CAPACITY = 256;

  private final SlabDevice device = SlabDevice.open(DevicePreference.HOST);
  private final Slab slab = device.allocate(SpscRing.slabByteSize(CAPACITY));
  private final SpscRing ring = SpscRing.create(slab);

  @AfterEach
  void closeDevice() {
    device.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {-8, 4, CAPACITY + 8, Long.MIN_VALUE, Long.MAX_VALUE, Long.MAX_VALUE - 7})
  void peek_ofImpossibleTail_namesItAndThePosition(long tail) {
    put(RingLayout.TAIL_OFFSET, tail);

    assertThatThrownBy(() -> ring.consumer().peek())
        .isInstanceOf(RingCorruptedException.class)
        .hasMessageContainingAll("tail=" + tail, "position=0");
  }

  @Test
  void peek_ofTailThatWentBack_isCorrupt() {
    putRecord(0, 8, RingLayout.KIND_DATA);
    put(RingLayout.TAIL_OFFSET, 16);
    ring.consumer().peek();
    ring.consumer().release();
    put(RingLayout.TAIL_OFFSET, 8);

    assertThatThrownBy(() -> ring.consumer().peek()).isInstanceOf(RingCorruptedException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "-1, 1",
    "9, 1",
    "2147483647, 1",
    "-2147483648, 1",
    "8, 0",
    "8, 3",
    "8, -1",
    "0, 2",
    "8, 2"
  })
  void peek_ofImpossibleHeader_isCorruptAndMovesNothing(int byteSize, int kind) {
    putRecord(0, byteSize, kind);
    put(RingLayout.TAIL_OFFSET, 16);

    assertThatThrownBy(() -> ring.consumer().peek())
        .isInstanceOfSatisfying(
            RingCorruptedException.class, e -> assertThat(e.position()).isZero());
    assertThat(ring.consumer().position()).isZero();
  }

  @Test
  void peek_ofRecordAcrossTheEnd_isCorrupt() {
    moveTo(CAPACITY - 16);
    putRecord(CAPACITY - 16, 16, RingLayout.KIND_DATA);
    put(RingLayout.TAIL_OFFSET, CAPACITY + 8);

    assertThatThrownBy(() -> ring.consumer().peek())
        .isInstanceOf(RingCorruptedException.class)
        .hasMessageContainingAll("byteSize=16", "position=" + (CAPACITY - 16));
  }

  @Test
  void peek_ofPaddingWithoutRecordBehind_isCorrupt() {
    moveTo(CAPACITY - 16);
    putRecord(CAPACITY - 16, 8, RingLayout.KIND_PADDING);
    put(RingLayout.TAIL_OFFSET, CAPACITY);

    assertThatThrownBy(() -> ring.consumer().peek()).isInstanceOf(RingCorruptedException.class);
  }

  @Test
  void peek_ofPaddingBehindPadding_isCorrupt() {
    moveTo(CAPACITY - 16);
    putRecord(CAPACITY - 16, 8, RingLayout.KIND_PADDING);
    putRecord(0, 8, RingLayout.KIND_PADDING);
    put(RingLayout.TAIL_OFFSET, CAPACITY + 16);

    assertThatThrownBy(() -> ring.consumer().peek()).hasMessageContaining("padding follows");
  }

  @ParameterizedTest
  @ValueSource(longs = {-8, 4, CAPACITY + 8, Long.MIN_VALUE, Long.MAX_VALUE})
  void claim_onFullRingWithImpossibleHead_namesIt(long head) {
    while (ring.producer().claim(8) != RingProducer.FULL) {
      ring.producer().commit();
    }
    put(RingLayout.HEAD_OFFSET, head);

    assertThatThrownBy(() -> ring.producer().claim(8))
        .isInstanceOf(RingCorruptedException.class)
        .hasMessageContaining("head=" + head);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "8, 1",
    "16, 0",
    "16, 100",
    "16, -64",
    "16, 512",
    "16, 4611686018427387904",
    "128, -8",
    "128, 4",
    "128, 264",
    "256, 8",
    "256, -8"
  })
  void attach_toImpossibleRing_isRefused(long byteOffset, long value) {
    put(byteOffset, value);

    assertThatThrownBy(() -> SpscRing.attach(slab)).isInstanceOf(RingCorruptedException.class);
  }

  @Test
  void attach_toTinySlab_isRefused() {
    Slab tiny = device.allocate(8);

    assertThatThrownBy(() -> SpscRing.attach(tiny)).isInstanceOf(RingCorruptedException.class);
  }

  @Test
  void drain_ofRandomBytes_neverLeavesTheRing() {
    long seed = Long.getLong("aeon.seed", 20261121L);
    Random random = new Random(seed);
    for (int round = 0; round < 20_000; round++) {
      SpscRing victim = SpscRing.create(slab);
      scribble(random);
      Throwable thrown = catchThrowable(() -> victim.consumer().drain(this::requireInside, 1_000));
      assertThat(thrown == null || thrown instanceof RingCorruptedException)
          .as("seed=%d round=%d thrown=%s", seed, round, thrown)
          .isTrue();
    }
  }

  private void requireInside(
      java.lang.foreign.MemorySegment memory, long byteOffset, int byteSize) {
    if (byteSize < 0 || byteOffset + byteSize > memory.byteSize()) {
      throw new AssertionError("byteOffset=" + byteOffset + " byteSize=" + byteSize);
    }
  }

  /** Small numbers are what comes closest to valid headers. */
  private void scribble(Random random) {
    for (long at = 0; at < CAPACITY; at += Long.BYTES) {
      putRecord(at, random.nextInt(-4, 64), random.nextInt(8) == 0 ? random.nextInt(4) : 1);
    }
    put(RingLayout.TAIL_OFFSET, random.nextLong(0, 40) * Long.BYTES);
  }

  private void moveTo(long position) {
    SpscProducer producer = ring.producer();
    while (producer.position() < position) {
      producer.claim(8);
      producer.commit();
      ring.consumer().peek();
      ring.consumer().release();
    }
  }

  private void putRecord(long dataOffset, int byteSize, int kind) {
    put(RingLayout.DATA_OFFSET + dataOffset, RingLayout.header(byteSize, kind));
  }

  private void put(long byteOffset, long value) {
    slab.segment().set(ValueLayout.JAVA_LONG, byteOffset, value);
  }
}
