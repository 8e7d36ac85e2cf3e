package dev.aeon.slabs.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aeon.slabs.memory.DevicePreference;
import dev.aeon.slabs.memory.Slab;
import dev.aeon.slabs.memory.SlabDevice;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class VariantBuilderTest {
  private static final long SLAB_BYTES = 1024;

  private final SlabDevice device = SlabDevice.open(DevicePreference.HOST);
  private final Slab slab = device.allocate(SLAB_BYTES);

  @AfterEach
  void closeDevice() {
    device.close();
  }

  @ParameterizedTest
  @EnumSource
  void view_read_isWhatWasBuilt(ElementType type) {
    VariantBuilder builder = VariantBuilder.of(type, 2, 3, 4);
    VariantView built = builder.build(slab, 64);
    VariantView read = VariantView.read(slab, 64);

    assertThat(read).hasToString(built.toString());
    assertThat(read.byteOffset()).isEqualTo(64 + 16 + 2 * 8 * 3);
    assertThat(builder.byteSize()).isEqualTo(16 + 2 * 8 * 3 + 24L * type.byteSize());
    assertThat(read.slab()).isSameAs(slab);
  }

  @Test
  void elements_writtenByTheSender_areReadByTheReceiver() {
    VariantView sent = VariantBuilder.of(ElementType.F32, 2, 2).build(slab, 0);
    sent.setFloat(1, 0, 2.5f);

    VariantView received = VariantView.read(slab.segment(), 0, 64);

    assertThat(received.elementType()).isEqualTo(ElementType.F32);
    assertThat(received.getFloat(1, 0)).isEqualTo(2.5f);
  }

  @Test
  void strides_built_areRead() {
    VariantBuilder.strided(ElementType.I32, new long[] {2, 3}, new long[] {1, 2}).build(slab, 0);

    VariantView read = VariantView.read(slab, 0);

    assertThat(read.stride(0)).isEqualTo(1);
    assertThat(read.stride(1)).isEqualTo(2);
    assertThat(read.isContiguous()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(longs = {-8, 4, 1, SLAB_BYTES, SLAB_BYTES - 40, Long.MAX_VALUE - 7, Long.MIN_VALUE})
  void header_whereThereIsNoRoom_isRefused(long byteOffset) {
    VariantBuilder builder = VariantBuilder.of(ElementType.I64, 2);

    assertThatExceptionOfType(ViewLayoutException.class)
        .isThrownBy(() -> builder.build(slab, byteOffset));
    assertThatExceptionOfType(ViewHeaderException.class)
        .isThrownBy(() -> VariantView.read(slab, byteOffset));
  }

  @Test
  void shapesThatNoMemoryHolds_areRefusedBeforeAnythingIsBuilt() {
    assertThatExceptionOfType(ViewLayoutException.class)
        .isThrownBy(() -> VariantBuilder.of(ElementType.F64, 1L << 40, 1L << 40));
    assertThatExceptionOfType(ViewLayoutException.class)
        .isThrownBy(() -> VariantBuilder.of(ElementType.F64));
  }

  @ParameterizedTest(name = "byte {0} set to {1}: {2}")
  @CsvSource({
    "0, 0, begin",
    "3, 50, begin",
    "4, 0, element type",
    "4, 15, element type",
    "4, 255, element type",
    "5, 0, rank",
    "5, 5, rank",
    "5, 128, rank",
    "6, 1, begin",
    "8, 15, statedByteSize",
    "23, 128, extent",
    "22, 1, elements do not fit",
    "31, 128, stride",
    "24, 0, stride",
    "24, 2, elements do not fit"
  })
  void header_spoiled_isRefusedByName(long at, int value, String cause) {
    VariantBuilder.of(ElementType.F32, 4).build(slab, 0);
    slab.segment().set(ValueLayout.JAVA_BYTE, at, (byte) value);

    assertThatThrownBy(() -> VariantView.read(slab, 0))
        .isInstanceOf(ViewHeaderException.class)
        .hasMessageContaining(cause);
  }

  @Test
  void message_truncatedAtEveryByte_isRefused() {
    VariantBuilder builder = VariantBuilder.of(ElementType.U16, 3, 2);
    builder.build(slab, 0);

    for (long byteSize = 0; byteSize < builder.byteSize(); byteSize++) {
      long room = byteSize;
      assertThatExceptionOfType(ViewHeaderException.class)
          .isThrownBy(() -> VariantView.read(slab.segment(), 0, room));
    }
    assertThat(VariantView.read(slab.segment(), 0, builder.byteSize()).elementCount()).isEqualTo(6);
  }

  @Test
  void anyBytes_areAViewWithinTheSlabOrRefused() {
    long seed = new Random().nextLong();
    RandomGenerator random = new Random(seed);
    MemorySegment memory = slab.segment();
    for (int i = 0; i < 20_000; i++) {
      VariantBuilder.of(ElementType.F32, 4, 4).build(slab, 0);
      for (int spoiled = random.nextInt(1, 4); spoiled > 0; spoiled--) {
        memory.set(ValueLayout.JAVA_BYTE, random.nextInt(48), (byte) random.nextInt());
      }
      try {
        VariantView view = VariantView.read(slab, 0);
        assertThat(view.byteOffset() + view.byteSize())
            .as("seed=%d", seed)
            .isLessThanOrEqualTo(SLAB_BYTES);
      } catch (ViewHeaderException refused) {
        assertThat(refused).as("seed=%d", seed).hasMessageStartingWith("not a view's header");
      }
    }
  }

  @Test
  void heapMemory_isRefused() {
    MemorySegment heap = MemorySegment.ofArray(new byte[256]);

    assertThatExceptionOfType(ViewLayoutException.class)
        .isThrownBy(() -> VariantBuilder.of(ElementType.U8, 4).build(heap, 0));
    assertThatExceptionOfType(ViewHeaderException.class)
        .isThrownBy(() -> VariantView.read(heap, 0, 256));
  }
}
