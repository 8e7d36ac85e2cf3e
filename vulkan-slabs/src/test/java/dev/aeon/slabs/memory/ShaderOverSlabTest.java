package dev.aeon.slabs.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A shader and the processor take turns on the words of a slab, on whichever driver is set. */
@Tag("driver")
class ShaderOverSlabTest {
  private static final int WORDS = 10_000;
  private static final long GIB = 1L << 30;

  private final SlabDevice device = SlabDevice.open();

  @BeforeEach
  void requireVulkan() {
    assumeTrue(device.isVulkan(), () -> "no Vulkan device: " + device.description());
  }

  @AfterEach
  void closeDeviceAndHearNoComplaint() {
    device.close();
    assertThat(device.vulkan().orElseThrow().validationMessages()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"SHARED_VULKAN", "HOST_VISIBLE", "DEVICE_LOCAL", "STAGED", "EXPORTED"})
  void words_steppedInTurns_areSeenByBoth(SlabKind kind) {
    assumeTrue(device.kinds().contains(kind), () -> device + " gives no slab of kind " + kind);
    Slab slab = device.allocate(WORDS * 4L, kind);
    number(slab.segment());
    try (MixShader shader = new MixShader(device)) {
      for (int round = 0; round < 10; round += 2) {
        slab.upload(0, slab.byteSize());
        shader.run(slab, 0, slab.byteSize(), 0, 1, WORDS, round);
        slab.download(0, slab.byteSize());
        MixShader.mix(slab.segment(), 0, 1, WORDS, round + 1);
      }
    }

    assertThat(MixShader.difference(slab.segment(), WORDS, 10)).isEmpty();
  }

  @Test
  void stagedSlab_notDownloaded_keepsTheProcessorsCopy() {
    Slab slab = device.allocate(WORDS * 4L, SlabKind.STAGED);
    try (MixShader shader = new MixShader(device)) {
      shader.run(slab, 0, slab.byteSize(), 0, 1, WORDS, 5);
    }

    assertThat(slab.segment().get(ValueLayout.JAVA_INT, 0)).isZero();
    slab.download(0, slab.byteSize());
    assertThat(slab.segment().get(ValueLayout.JAVA_INT, 0)).isEqualTo(MixShader.step(0, 5));
  }

  @Test
  void slabBeyondTwoGibibytes_isWorkedOnBeyondThem() {
    long byteSize = 2 * GIB + GIB / 2;
    assumeTrue(device.maxSlabByteSize() >= byteSize, "memory or device is too small");
    Slab slab = device.allocate(byteSize);
    long last = byteSize - WORDS * 4L;
    long from = last - last % 256;
    MemorySegment words = slab.segment().asSlice(from, WORDS * 4L);
    number(words);
    try (MixShader shader = new MixShader(device)) {
      shader.run(slab, from, WORDS * 4L, 0, 1, WORDS, 0);
    }

    assertThat(slab.byteSize()).isGreaterThanOrEqualTo(byteSize);
    assertThat(slab.kind()).isEqualTo(SlabKind.SHARED_VULKAN);
    assertThat(MixShader.difference(words, WORDS, 1)).isEmpty();
    assertThat(slab.segment().get(ValueLayout.JAVA_INT, from - GIB)).isZero();
  }

  @Test
  void rangeAcrossTwoBuffersOfALargeSlab_isRefused() {
    long byteSize = 2 * GIB + GIB / 2;
    assumeTrue(device.maxSlabByteSize() >= byteSize, "memory or device is too small");
    Slab slab = device.allocate(byteSize);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> slab.vulkanWindow(GIB - 4, 8))
        .withMessageContainingAll("byteOffset=" + (GIB - 4), "windowBytes=" + GIB / 2);
    long last = slab.byteSize() - 8;
    assertThat(slab.vulkanWindow(last, 8).byteOffset()).isEqualTo(GIB / 2 - 8);
    assertThat(slab.vulkanWindow(last, 8).buffer()).isNotEqualTo(slab.vulkanWindow(0, 8).buffer());
  }

  private static void number(MemorySegment words) {
    for (int at = 0; at < WORDS; at++) {
      words.setAtIndex(ValueLayout.JAVA_INT, at, at);
    }
  }
}
