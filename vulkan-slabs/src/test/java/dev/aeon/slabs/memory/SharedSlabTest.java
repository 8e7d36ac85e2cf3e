package dev.aeon.slabs.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.aeon.bindings.Descriptor;
import dev.aeon.bindings.posix.WakeUp;
import dev.aeon.slabs.OpenDescriptors;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Slabs over the same bytes; here of two devices of one process. */
@Tag("driver")
class SharedSlabTest {
  private static final String LEAK_TEST = "aeon-leak-test";

  @ParameterizedTest
  @EnumSource(names = {"AUTO", "HOST"})
  void sharedSlab_openedByTicket_showsTheSameBytes(DevicePreference preference) {
    try (SlabDevice first = SlabDevice.open(preference);
        SlabDevice second = SlabDevice.open();
        Slab made = first.allocateShared("test", 5000);
        Slab opened = second.openShared(SlabTicket.parse(made.ticket().toString()))) {
      made.segment().set(ValueLayout.JAVA_LONG, 4096, 42);

      assertThat(opened.segment().get(ValueLayout.JAVA_LONG, 4096)).isEqualTo(42);
      assertThat(opened.byteSize()).isEqualTo(made.byteSize()).isEqualTo(8192);
      assertThat(made.kind().isShared()).isTrue();
      assertThat(made.kind().isVulkan()).isEqualTo(first.isVulkan());
    }
  }

  @Test
  void sharedSlab_whoseMakerIsGone_livesOn() {
    try (SlabDevice device = SlabDevice.open(DevicePreference.HOST)) {
      Slab made = device.allocateShared("test", 1);
      made.segment().set(ValueLayout.JAVA_INT, 0, 7);
      Slab opened = device.openShared(made.ticket());

      made.close();

      assertThat(opened.segment().get(ValueLayout.JAVA_INT, 0)).isEqualTo(7);
    }
  }

  @Test
  void exportedSlab_importedByAnotherDevice_showsTheSameBytes() {
    try (SlabDevice first = SlabDevice.open();
        SlabDevice second = SlabDevice.open()) {
      assumeTrue(first.kinds().contains(SlabKind.EXPORTED), "memory is not exported");
      Slab made = first.allocate(10_000, SlabKind.EXPORTED);
      Slab imported = second.mapExported(made.descriptor(), 10_000);

      imported.segment().set(ValueLayout.JAVA_INT, 9_996, 7);

      assertThat(made.segment().get(ValueLayout.JAVA_INT, 9_996)).isEqualTo(7);
      assertThat(imported.kind()).isEqualTo(SlabKind.EXPORTED);
      assertThatIllegalStateException().isThrownBy(imported::descriptor);
    }
  }

  @Test
  void descriptor_ofNoSharedMemory_isRefusedAndClosed() {
    try (SlabDevice device = SlabDevice.open()) {
      Descriptor wakeUp = Descriptor.own(WakeUp.open().fd());

      assertThatExceptionOfType(SlabAllocationException.class)
          .isThrownBy(() -> device.mapShared(wakeUp))
          .withMessageContaining("aeon_shm_map");
      assertThat(wakeUp.isClosed()).isTrue();
    }
  }

  @Test
  void ticket_ofADescriptorThatIsNoMemory_isRefused() {
    try (SlabDevice device = SlabDevice.open(DevicePreference.HOST);
        WakeUp wakeUp = WakeUp.open()) {
      SlabTicket ticket = new SlabTicket(ProcessHandle.current().pid(), wakeUp.fd());

      assertThatExceptionOfType(SlabAllocationException.class)
          .isThrownBy(() -> device.openShared(ticket));
    }
  }

  @Test
  void ticket_ofASlabThatWasClosed_isRefused() {
    try (SlabDevice device = SlabDevice.open(DevicePreference.HOST)) {
      Slab slab = device.allocateShared("test", 1);
      SlabTicket ticket = slab.ticket();
      slab.close();

      assertThatExceptionOfType(SlabAllocationException.class)
          .isThrownBy(() -> device.openShared(ticket));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "slab",
        "slab:1",
        "slab:1:",
        "slab:-1:1",
        "slab:1:-1",
        "slab:0:1",
        "slab:1:1 ",
        "slab:99999999999999999999:1",
        "SLAB:1:1"
      })
  void ticket_ofAnotherForm_isRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> SlabTicket.parse(text));
  }

  @Test
  void sharedSlabs_closed_leaveNoDescriptorAndNoMapping() throws Exception {
    try (SlabDevice device = SlabDevice.open()) {
      for (int i = 0; i < 5; i++) {
        Slab made = device.allocateShared(LEAK_TEST, 1);
        device.openShared(made.ticket()).close();
        assertThat(descriptorsOf(LEAK_TEST)).isEqualTo(1);
        made.close();
      }
      device.allocateShared(LEAK_TEST, 1);
    }

    assertThat(descriptorsOf(LEAK_TEST)).isZero();
    assertThat(Files.readString(Path.of("/proc/self/maps"))).doesNotContain(LEAK_TEST);
  }

  private static long descriptorsOf(String name) throws IOException {
    return OpenDescriptors.all().stream().filter(each -> each.contains(name)).count();
  }
}
