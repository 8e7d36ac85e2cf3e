package dev.aeon.slabs.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aeon.slabs.memory.DevicePreference;
import dev.aeon.slabs.memory.Slab;
import dev.aeon.slabs.memory.SlabDevice;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class VariantViewTest {
  private static final long SLAB_BYTES = 1024;

  private final SlabDevice device = SlabDevice.open(DevicePreference.HOST);
  private final Slab slab = device.allocate(SLAB_BYTES);

  @AfterEach
  void closeDevice() {
    device.close();
  }

  @Test
  void floats_written_areReadBackAndLieLittleEndianInTheSlab() {
    VariantView view = VariantView.of(slab, ElementType.F32, 16, 3);

    view.setFloat(2, 1.5f);

    assertThat(view.getFloat(2)).isEqualTo(1.5f);
    assertThat(slab.segment().get(ValueLayout.JAVA_INT, 24))
        .isEqualTo(Float.floatToRawIntBits(1.5f));
  }

  @Test
  void everyElementType_written_isReadBack() {
    VariantView ints = VariantView.of(slab, ElementType.I32, 0, 2, 2);
    VariantView longs = VariantView.of(slab, ElementType.I64, 16, 2, 2);
    VariantView doubles = VariantView.of(slab, ElementType.F64, 48, 2, 2);
    VariantView bytes = VariantView.of(slab, ElementType.U8, 80, 2);

    ints.setInt(1, 0, Integer.MIN_VALUE);
    longs.setLong(1, 1, Long.MAX_VALUE);
    doubles.setDouble(0, 1, Double.MIN_VALUE);
    bytes.setUnsignedByte(1, 0xFF);

    assertThat(ints.getInt(1, 0)).isEqualTo(Integer.MIN_VALUE);
    assertThat(longs.row(1).getLong(1)).isEqualTo(Long.MAX_VALUE);
    assertThat(doubles.getDouble(0, 1)).isEqualTo(Double.MIN_VALUE);
    assertThat(bytes.getUnsignedByte(1)).isEqualTo(255);
  }

  @Test
  void rankFour_indexedByRows_reachesEachElementOnce() {
    VariantView view = VariantView.of(slab, ElementType.I32, 0, 2, 3, 4, 5);
    int next = 0;
    for (int i = 0; i < 2; i++) {
      for (int j = 0; j < 3; j++) {
        VariantView plane = view.row(i).row(j);
        for (int k = 0; k < 4; k++) {
          for (int l = 0; l < 5; l++) {
            plane.setInt(k, l, next++);
          }
        }
      }
    }

    VariantView flat = view.reinterpret(ElementType.I32, 120);

    for (int i = 0; i < 120; i++) {
      assertThat(flat.getInt(i)).isEqualTo(i);
    }
    assertThat(view.elementCount()).isEqualTo(120);
    assertThat(view.shape()).containsExactly(2, 3, 4, 5);
    assertThat(view.stride(0)).isEqualTo(60);
  }

  @Test
  void column_sliced_keepsItsStride() {
    VariantView matrix = VariantView.of(slab, ElementType.F32, 0, 3, 4);
    matrix.setFloat(2, 1, 7);

    VariantView column = matrix.slice(1, 1, 1);

    assertThat(column.getFloat(2, 0)).isEqualTo(7);
    assertThat(column.isContiguous()).isFalse();
    assertThat(column.byteSize()).isEqualTo(4 * 9);
    assertThatThrownBy(column::asSegment).isInstanceOf(ViewLayoutException.class);
    assertThatThrownBy(() -> column.reinterpret(ElementType.I32, 1))
        .isInstanceOf(ViewLayoutException.class);
  }

  @Test
  void rows_sliced_shareTheMemory() {
    VariantView matrix = VariantView.of(slab, ElementType.F32, 0, 3, 4);
    VariantView rows = matrix.slice(0, 1, 2);

    rows.setFloat(0, 3, 9);

    assertThat(matrix.getFloat(1, 3)).isEqualTo(9);
    assertThat(rows.asSegment().byteSize()).isEqualTo(32);
  }

  @Test
  void columnMajor_strided_isTheTransposed() {
    VariantView matrix = VariantView.of(slab, ElementType.F32, 0, 2, 3);
    VariantView transposed =
        VariantView.strided(slab, ElementType.F32, 0, new long[] {3, 2}, new long[] {1, 3});

    matrix.setFloat(1, 2, 4);

    assertThat(transposed.getFloat(2, 1)).isEqualTo(4);
  }

  @Test
  void bits_reinterpreted_areTheSameInPlace() {
    VariantView floats = VariantView.of(slab, ElementType.F32, 0, 4);
    floats.setFloat(3, -0f);

    assertThat(floats.reinterpret(ElementType.I32, 2, 2).getInt(1, 1)).isEqualTo(Integer.MIN_VALUE);
  }

  @Test
  void reinterpretation_largerOrMisaligned_isRefused() {
    VariantView view = VariantView.of(slab, ElementType.F32, 4, 3);

    assertThatThrownBy(() -> view.reinterpret(ElementType.U8, 13))
        .hasMessageContaining("larger than the view");
    assertThatThrownBy(() -> view.reinterpret(ElementType.F64, 1))
        .hasMessageContainingAll("multiple", "byteOffset=4");
  }

  @ParameterizedTest
  @EnumSource(
      names = {"U8", "I8", "BOOL", "BYTES", "UTF8"},
      mode = EnumSource.Mode.EXCLUDE)
  void offset_misaligned_isRefused(ElementType type) {
    assertThatThrownBy(() -> VariantView.of(slab, type, type.byteSize() - 1, 1))
        .isInstanceOf(ViewLayoutException.class)
        .hasMessageContaining("byteOffset=");
  }

  @ParameterizedTest
  @ValueSource(longs = {-4, SLAB_BYTES, SLAB_BYTES - 4, Long.MAX_VALUE - 3, Long.MIN_VALUE})
  void offset_outOfTheSlab_isRefused(long byteOffset) {
    assertThatExceptionOfType(ViewLayoutException.class)
        .isThrownBy(() -> VariantView.of(slab, ElementType.F32, byteOffset, 2));
  }

  static long[][] impossibleShapes() {
    return new long[][] {
      {},
      {0},
      {-1},
      {257},
      {1, 1, 1, 1, 1},
      {-2, -2},
      {Long.MAX_VALUE},
      {1L << 32, 1L << 32},
      {1L << 31, 1L << 31, 4},
      {Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE},
      {1L << 62}
    };
  }

  @ParameterizedTest
  @MethodSource("impossibleShapes")
  void shape_impossible_isRefused(long[] shape) {
    assertThatExceptionOfType(ViewLayoutException.class)
        .isThrownBy(() -> VariantView.of(slab, ElementType.F32, 0, shape));
  }

  @Test
  void strides_impossible_areRefused() {
    assertThatThrownBy(() -> strided(new long[] {2}, new long[] {1, 1}))
        .hasMessageContaining("rank");
    assertThatThrownBy(() -> strided(new long[] {2}, new long[] {0}))
        .hasMessageContaining("below 1");
    assertThatThrownBy(() -> strided(new long[] {2}, new long[] {-1}))
        .hasMessageContaining("below 1");
    assertThatThrownBy(() -> strided(new long[] {2}, new long[] {256}))
        .hasMessageContaining("beyond its memory");
    assertThatThrownBy(() -> strided(new long[] {3}, new long[] {Long.MAX_VALUE}))
        .hasMessageContaining("2^63");
  }

  @Test
  void shape_ofTheWholeSlab_fits() {
    VariantView view = VariantView.of(slab, ElementType.F64, 0, 128);

    view.setDouble(127, 1);

    assertThat(view.byteSize()).isEqualTo(SLAB_BYTES);
  }

  @Test
  void index_outOfTheView_isRefusedThoughItIsInTheSlab() {
    VariantView view = VariantView.of(slab, ElementType.F32, 0, 2, 2);

    for (long index : new long[] {-1, 2, Long.MAX_VALUE, Long.MIN_VALUE}) {
      assertThatThrownBy(() -> view.getFloat(index, 0))
          .isInstanceOf(IndexOutOfBoundsException.class);
      assertThatThrownBy(() -> view.setFloat(0, index, 1))
          .isInstanceOf(IndexOutOfBoundsException.class);
      assertThatThrownBy(() -> view.row(index)).isInstanceOf(IndexOutOfBoundsException.class);
    }
    assertThatThrownBy(() -> view.slice(0, 1, 2)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> view.slice(2, 0, 1)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void access_asAnotherTypeOrRank_saysWhatTheViewIs() {
    VariantView view = VariantView.of(slab, ElementType.F32, 0, 2, 2);

    assertThatIllegalStateException()
        .isThrownBy(() -> view.getInt(0, 0))
        .withMessageContainingAll("I32", "F32");
    assertThatIllegalStateException()
        .isThrownBy(() -> view.getFloat(0))
        .withMessageContaining("rank=1");
  }

  @Test
  void integersOfEverySize_keepTheirRange() {
    VariantView i8 = VariantView.of(slab, ElementType.I8, 0, 1, 1);
    VariantView i16 = VariantView.of(slab, ElementType.I16, 2, 1, 1);
    VariantView u16 = VariantView.of(slab, ElementType.U16, 4, 1, 1);
    VariantView u32 = VariantView.of(slab, ElementType.U32, 8, 1, 1);
    VariantView u8 = VariantView.of(slab, ElementType.U8, 12, 1, 1);

    i8.setByte(0, 0, Byte.MIN_VALUE);
    i16.setShort(0, 0, Short.MIN_VALUE);
    u16.setUnsignedShort(0, 0, 0xFFFF);
    u32.setUnsignedInt(0, 0, 0xFFFF_FFFFL);
    u8.setUnsignedByte(0, 0, 0x1FF);

    assertThat(i8.row(0).getByte(0)).isEqualTo(Byte.MIN_VALUE);
    assertThat(i16.row(0).getShort(0)).isEqualTo(Short.MIN_VALUE);
    assertThat(u16.row(0).getUnsignedShort(0)).isEqualTo(0xFFFF);
    assertThat(u32.row(0).getUnsignedInt(0)).isEqualTo(0xFFFF_FFFFL);
    assertThat(u8.row(0).getUnsignedByte(0)).isEqualTo(0xFF);
  }

  @Test
  void booleans_areOneByteAndAnythingButZeroIsTrue() {
    VariantView view = VariantView.of(slab, ElementType.BOOL, 0, 3);
    view.setBoolean(0, true);
    slab.segment().set(ValueLayout.JAVA_BYTE, 1, (byte) 0x80);

    assertThat(view.getBoolean(0)).isTrue();
    assertThat(view.getBoolean(1)).isTrue();
    assertThat(view.getBoolean(2)).isFalse();
    assertThat(slab.segment().get(ValueLayout.JAVA_BYTE, 0)).isEqualTo((byte) 1);
  }

  @Test
  void everyHalf_readAndWrittenBack_keepsItsBits() {
    VariantView halves = VariantView.of(slab, ElementType.F16, 0, 1);
    VariantView brains = VariantView.of(slab, ElementType.BF16, 2, 1);
    VariantView bits = VariantView.of(slab, ElementType.U16, 0, 2);
    for (int pattern = 0; pattern <= 0xFFFF; pattern++) {
      bits.setUnsignedShort(0, pattern);
      bits.setUnsignedShort(1, pattern);

      float half = halves.getHalf(0);
      float brain = brains.getBrainFloat(0);
      halves.setHalf(0, half);
      brains.setBrainFloat(0, brain);

      if (!Float.isNaN(half)) {
        assertThat(bits.getUnsignedShort(0)).isEqualTo(pattern);
      }
      if (!Float.isNaN(brain)) {
        assertThat(bits.getUnsignedShort(1)).isEqualTo(pattern);
      }
      assertThat(Float.isNaN(brain)).isEqualTo(Float.isNaN(brains.getBrainFloat(0)));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "3f800000, 3f80",
    "3f808000, 3f80",
    "3f818000, 3f82",
    "3f808001, 3f81",
    "7f7fffff, 7f80",
    "7f800001, 7fc0",
    "ff800000, ff80",
    "80000001, 8000"
  })
  void brainFloat_isTheNearestWithTiesToEven(String floatBits, String expected) {
    VariantView brains = VariantView.of(slab, ElementType.BF16, 0, 1);
    brains.setBrainFloat(0, Float.intBitsToFloat(Integer.parseUnsignedInt(floatBits, 16)));

    assertThat(brains.reinterpret(ElementType.U16, 1).getUnsignedShort(0))
        .isEqualTo(Integer.parseInt(expected, 16));
  }

  @Test
  void text_written_isReadBackWithoutItsPadding() {
    VariantView names = VariantView.of(slab, ElementType.UTF8, 0, 2, 8);

    names.row(0).setText("wörter");
    names.row(1).setText("12345678");
    names.row(0).setText("ö");

    assertThat(names.row(0).text()).isEqualTo("ö");
    assertThat(names.row(1).text()).isEqualTo("12345678");
    assertThat(names.row(0).copyBytes()).containsExactly(0xc3, 0xb6, 0, 0, 0, 0, 0, 0);
  }

  @Test
  void text_longerThanTheView_isRefusedAndNothingWritten() {
    VariantView name = VariantView.of(slab, ElementType.UTF8, 0, 3);
    name.setText("abc");

    assertThatThrownBy(() -> name.setText("öö"))
        .isInstanceOf(ViewLayoutException.class)
        .hasMessageContaining("byteSize=4");
    assertThat(name.text()).isEqualTo("abc");
  }

  @Test
  void text_ofBytesThatAreNoUtf8_saysWhere() {
    VariantView name = VariantView.of(slab, ElementType.UTF8, 0, 4);
    name.setBytes(new byte[] {'a', 'b', (byte) 0xC3});

    assertThatThrownBy(name::text)
        .isInstanceOf(ViewContentException.class)
        .hasMessageContaining("byteOffset=2");
  }

  @Test
  void strings_askedOfAnotherView_areRefused() {
    VariantView floats = VariantView.of(slab, ElementType.F32, 0, 4);
    VariantView bytes = VariantView.of(slab, ElementType.BYTES, 0, 2, 4);

    assertThatIllegalStateException().isThrownBy(floats::copyBytes);
    assertThatIllegalStateException().isThrownBy(bytes::copyBytes);
    assertThatIllegalStateException().isThrownBy(() -> bytes.row(0).text());
    assertThat(bytes.row(1).copyBytes()).hasSize(4);
  }

  @Test
  void axes_permuted_areTheTransposedAndNoLongerContiguous() {
    VariantView matrix = VariantView.of(slab, ElementType.F32, 0, 2, 3);
    matrix.setFloat(1, 2, 4);

    VariantView transposed = matrix.permuted(1, 0);

    assertThat(transposed.getFloat(2, 1)).isEqualTo(4);
    assertThat(transposed.shape()).containsExactly(3, 2);
    assertThat(transposed.isContiguous()).isFalse();
    assertThatThrownBy(() -> transposed.reinterpret(ElementType.F32, 6))
        .isInstanceOf(ViewLayoutException.class);
    assertThat(transposed.permuted(1, 0).isContiguous()).isTrue();
    for (int[] axes : new int[][] {{0}, {0, 0}, {0, 2}, {-1, 0}, {0, 1, 2}}) {
      assertThatThrownBy(() -> matrix.permuted(axes)).isInstanceOf(ViewLayoutException.class);
    }
  }

  @Test
  void view_overMemoryOfAnotherOwner_liesInNoSlab() {
    VariantView view = VariantView.over(slab.segment(), ElementType.F32, 8, 2);
    view.setFloat(1, 3);

    assertThat(slab.segment().get(ValueLayout.JAVA_FLOAT, 12)).isEqualTo(3);
    assertThatIllegalStateException().isThrownBy(view::slab);
    assertThatIllegalStateException().isThrownBy(view.slice(0, 0, 1)::slab);
    assertThatThrownBy(
            () -> VariantView.over(MemorySegment.ofArray(new byte[8]), ElementType.F32, 0, 1))
        .isInstanceOf(ViewLayoutException.class);
  }

  @Test
  void access_afterSlabClosed_throws() {
    VariantView view = VariantView.of(slab, ElementType.F32, 0, 2);
    slab.close();

    assertThatIllegalStateException().isThrownBy(() -> view.getFloat(0));
    assertThatIllegalStateException().isThrownBy(() -> VariantView.of(slab, ElementType.F32, 0, 2));
  }

  private VariantView strided(long[] shape, long[] strides) {
    return VariantView.strided(slab, ElementType.F32, 0, shape, strides);
  }
}
