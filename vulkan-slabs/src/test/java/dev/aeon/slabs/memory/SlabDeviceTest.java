package dev.aeon.slabs.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds for every device; AUTO is a Vulkan device wherever there is a driver. */
@Tag("driver")
class SlabDeviceTest {
  @ParameterizedTest
  @EnumSource(names = {"AUTO", "HOST"})
  void slab_allocated_isZeroedAlignedAndWritable(DevicePreference preference) {
    try (SlabDevice device = SlabDevice.open(preference);
        Slab slab = device.allocate(100_003)) {
      MemorySegment segment = slab.segment();

      assertThat(segment.byteSize()).isEqualTo(slab.byteSize()).isEqualTo(100_003);
      assertThat(segment.address() % 64).isZero();
      assertThat(segment.mismatch(MemorySegment.ofArray(new byte[100_003]))).isEqualTo(-1);
      segment.set(ValueLayout.JAVA_BYTE, 100_002, (byte) 7);
      assertThat(slab.segment().get(ValueLayout.JAVA_BYTE, 100_002)).isEqualTo((byte) 7);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AUTO", "HOST"})
  void slab_closed_throwsOnEveryAccess(DevicePreference preference) {
    try (SlabDevice device = SlabDevice.open(preference)) {
      Slab slab = device.allocate(64);
      MemorySegment kept = slab.segment();

      slab.close();
      slab.close();

      assertThat(slab.isClosed()).isTrue();
      assertThatExceptionOfType(SlabClosedException.class).isThrownBy(slab::segment);
      assertThatExceptionOfType(SlabClosedException.class)
          .isThrownBy(() -> slab.vulkanWindow(0, 1));
      assertThatIllegalStateException().isThrownBy(() -> kept.get(ValueLayout.JAVA_BYTE, 0));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AUTO", "HOST"})
  void device_closed_closesWhatIsAttachedThenItsSlabs(DevicePreference preference) {
    SlabDevice device = SlabDevice.open(preference);
    Slab slab = device.allocate(64);
    List<String> closed = new ArrayList<>();
    device.attach(() -> closed.add("first while slab closed=" + slab.isClosed()));
    device.attach(() -> closed.add("last"));
    AutoCloseable detached = () -> closed.add("detached");
    device.attach(detached);
    device.detach(detached);

    device.close();
    device.close();

    assertThat(closed).containsExactly("last", "first while slab closed=false");
    assertThat(slab.isClosed()).isTrue();
    assertThatExceptionOfType(SlabClosedException.class).isThrownBy(() -> device.allocate(1));
  }

  @ParameterizedTest
  @EnumSource(names = {"AUTO", "HOST"})
  void allocation_ofImpossibleSize_namesSizeAndLimit(DevicePreference preference) {
    try (SlabDevice device = SlabDevice.open(preference)) {
      for (long byteSize : new long[] {0, -1, Long.MIN_VALUE}) {
        assertThatIllegalArgumentException()
            .isThrownBy(() -> device.allocate(byteSize))
            .withMessageContaining("byteSize=" + byteSize);
      }
      for (long byteSize : new long[] {1L << 50, Long.MAX_VALUE}) {
        assertThatThrownBy(() -> device.allocate(byteSize))
            .isInstanceOfSatisfying(
                SlabAllocationException.class,
                e -> {
                  assertThat(e.requestedBytes()).isEqualTo(byteSize);
                  assertThat(e.limitBytes()).isEqualTo(device.maxSlabByteSize());
                })
            .hasMessageContainingAll("requestedBytes=" + byteSize, "limitBytes=");
      }
      device.allocate(64).close();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"AUTO", "HOST"})
  void device_opened_saysWhatItIs(DevicePreference preference) {
    try (SlabDevice device = SlabDevice.open(preference)) {
      assertThat(device.description()).contains(device.isVulkan() ? "Vulkan" : "host memory");
      assertThat(device.isVulkan()).isEqualTo(device.vulkan().isPresent());
      assertThat(device.allocate(1).kind()).isEqualTo(device.choice(1).kind());
      assertThat(device.choice(1).kind().isVulkan()).isEqualTo(device.isVulkan());
      assertThat(device.choice(1).reason()).isNotBlank();
      assertThat(device.kinds()).contains(SlabKind.HOST, SlabKind.SHARED);
    }
  }

  @ParameterizedTest
  @EnumSource(names = "HOST")
  void hostSlab_askedForItsBuffer_saysItHasNone(DevicePreference preference) {
    try (SlabDevice device = SlabDevice.open(preference)) {
      assertThatIllegalStateException()
          .isThrownBy(() -> device.allocate(1).vulkanWindow(0, 1))
          .withMessageContaining("no VkBuffer");
    }
  }
}
