package dev.aeon.slabs.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** What holds for every kind of slab that the machine's best device gives. */
@Tag("driver")
class SlabKindTest {
  private static final long BYTES = 3 * 4096;

  private final SlabDevice device = SlabDevice.open();

  @AfterEach
  void closeDeviceAndHearNoComplaint() {
    device.close();
    assertThat(device.vulkan().map(VulkanContext::validationMessages).orElseThrow()).isEmpty();
  }

  private Slab slabOf(SlabKind kind) {
    assumeTrue(device.kinds().contains(kind), () -> device + " gives no slab of kind " + kind);
    return device.allocate(BYTES, kind);
  }

  @ParameterizedTest
  @EnumSource
  void slab_allocated_isZeroedAlignedAndOfItsKind(SlabKind kind) {
    Slab slab = slabOf(kind);

    assertThat(slab.kind()).isEqualTo(kind);
    assertThat(slab.segment().mismatch(MemorySegment.ofArray(new byte[(int) BYTES]))).isEqualTo(-1);
    assertThat(slab.segment().address() % 64).isZero();
    slab.download(0, BYTES);
    assertThat(slab.segment().mismatch(MemorySegment.ofArray(new byte[(int) BYTES]))).isEqualTo(-1);
  }

  @ParameterizedTest
  @EnumSource
  void bytes_uploadedAndDownloaded_areThoseWritten(SlabKind kind) {
    Slab slab = slabOf(kind);
    slab.segment().fill((byte) 1);
    slab.upload(0, BYTES);
    slab.segment().asSlice(100, 7).fill((byte) 2);

    slab.upload(100, 7);
    boolean ownCopy = kind == SlabKind.STAGED;
    if (ownCopy) {
      slab.segment().fill((byte) 9);
    }
    slab.download(0, BYTES);

    assertThat(slab.segment().get(ValueLayout.JAVA_BYTE, 99)).isEqualTo((byte) 1);
    assertThat(slab.segment().get(ValueLayout.JAVA_BYTE, 100)).isEqualTo((byte) 2);
    assertThat(slab.segment().get(ValueLayout.JAVA_BYTE, 106)).isEqualTo((byte) 2);
    assertThat(slab.segment().get(ValueLayout.JAVA_BYTE, 107)).isEqualTo((byte) 1);
  }

  @ParameterizedTest
  @EnumSource
  void range_outOfTheSlab_isRefused(SlabKind kind) {
    Slab slab = slabOf(kind);

    for (long[] range : new long[][] {{0, BYTES + 1}, {-1, 1}, {BYTES, 1}, {0, 0}, {1, -1}}) {
      assertThatExceptionOfType(IndexOutOfBoundsException.class)
          .isThrownBy(() -> slab.upload(range[0], range[1]));
      assertThatExceptionOfType(IndexOutOfBoundsException.class)
          .isThrownBy(() -> slab.download(range[0], range[1]));
    }
  }

  @ParameterizedTest
  @EnumSource
  void vulkanKind_hasABufferAndOthersSayTheyHaveNone(SlabKind kind) {
    Slab slab = slabOf(kind);

    if (kind.isVulkan()) {
      assertThat(slab.vulkanWindow(256, 256).buffer()).isNotZero();
      assertThat(slab.vulkanWindow(256, 256).byteOffset()).isEqualTo(256);
      assertThatExceptionOfType(IndexOutOfBoundsException.class)
          .isThrownBy(() -> slab.vulkanWindow(BYTES, 1));
    } else {
      assertThatIllegalStateException()
          .isThrownBy(() -> slab.vulkanWindow(0, 1))
          .withMessageContaining("kind=" + kind);
    }
  }

  @ParameterizedTest
  @EnumSource
  void closedSlab_refusesEveryUse(SlabKind kind) {
    Slab slab = slabOf(kind);
    MemorySegment kept = slab.segment();

    slab.close();

    assertThatIllegalStateException().isThrownBy(() -> kept.get(ValueLayout.JAVA_BYTE, 0));
    assertThatExceptionOfType(SlabClosedException.class).isThrownBy(slab::segment);
    assertThatExceptionOfType(SlabClosedException.class).isThrownBy(slab::descriptor);
    assertThatExceptionOfType(SlabClosedException.class).isThrownBy(() -> slab.upload(0, 1));
    assertThatExceptionOfType(SlabClosedException.class).isThrownBy(() -> slab.download(0, 1));
    assertThatExceptionOfType(SlabClosedException.class).isThrownBy(() -> slab.vulkanWindow(0, 1));
  }

  @ParameterizedTest
  @EnumSource(
      names = {"SHARED", "SHARED_VULKAN", "EXPORTED"},
      mode = Mode.EXCLUDE)
  void kindOfOneProcess_askedForADescriptor_saysItHasNone(SlabKind kind) {
    Slab slab = slabOf(kind);

    assertThat(kind.isShared()).isFalse();
    assertThatIllegalStateException().isThrownBy(slab::ticket).withMessageContaining("not shared");
  }
}
