package dev.aeon.slabs.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.aeon.slabs.Await;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.lwjgl.system.MemoryStack;
import org.lwjgl.vulkan.VK10;
import org.lwjgl.vulkan.VkFenceCreateInfo;

/** A real driver, under the Khronos validation layer where that is installed. */
@Tag("driver")
class VulkanSlabDeviceTest {
  private final SlabDevice device = SlabDevice.open();

  @BeforeEach
  void requireVulkan() {
    assumeTrue(device.isVulkan(), () -> "no Vulkan device: " + device.description());
  }

  @AfterEach
  void closeDevice() {
    device.close();
  }

  @Test
  void device_usedAndClosed_leavesTheValidationLayerSilent() {
    VulkanContext vulkan = device.vulkan().orElseThrow();
    assumeTrue(vulkan.isValidated(), "the validation layer is not installed");

    for (int i = 1; i <= 20; i++) {
      Slab slab = device.allocate(i * 4096L);
      slab.segment().fill((byte) i);
      slab.close();
    }
    device.allocate(64);
    device.close();

    assertThat(vulkan.validationMessages()).isEmpty();
  }

  @Test
  void callThatIsNotValid_isReportedByTheValidationLayer() {
    VulkanContext vulkan = device.vulkan().orElseThrow();
    assumeTrue(vulkan.isValidated(), "the validation layer is not installed");
    int noSuchFlag = 1 << 30;

    withoutLogging(() -> {
      try (MemoryStack stack = MemoryStack.stackPush()) {
        var info = VkFenceCreateInfo.calloc(stack).sType$Default().flags(noSuchFlag);
        var fence = stack.mallocLong(1);
        VK10.vkCreateFence(vulkan.device(), info, null, fence);
        VK10.vkDestroyFence(vulkan.device(), fence.get(0), null);
      }
    });

    assertThat(vulkan.validationMessages())
        .anyMatch(message -> message.contains("VkFenceCreateInfo"));
  }

  /** The one message that is wanted would be taken for a fault in the log of a run. */
  private static void withoutLogging(Runnable faulty) {
    Logger log = Logger.getLogger(ValidationLog.class.getName());
    log.setLevel(Level.OFF);
    try {
      faulty.run();
    } finally {
      log.setLevel(null);
    }
  }

  @Test
  void driverNamedByTheEnvironment_isTheOneThatIsOpened() {
    String drivers = System.getenv("VK_DRIVER_FILES");
    assumeTrue(drivers != null && drivers.contains("swiftshader"), "no driver is named");

    assertThat(device.description()).contains("SwiftShader");
  }

  @Test
  void limits_ofTheDevice_areThoseVulkanRequires() {
    VulkanLimits limits = device.vulkan().orElseThrow().limits();

    assertThat(limits.maxStorageBufferRangeBytes()).isGreaterThanOrEqualTo(1L << 27);
    assertThat(Long.bitCount(limits.minStorageBufferOffsetAlignmentBytes())).isEqualTo(1);
    assertThat(limits.maxAllocationBytes()).isGreaterThanOrEqualTo(1L << 30);
    assertThat(limits.maxPushConstantBytes()).isGreaterThanOrEqualTo(128);
    assertThat(limits.maxWorkgroupInvocations()).isGreaterThanOrEqualTo(128);
    assertThat(limits.maxWorkgroupCountX()).isGreaterThanOrEqualTo(65_535);
  }

  @Test
  void twoDevices_openAtOnce_doNotDisturbEachOther() {
    Slab slab = device.allocate(64);
    try (SlabDevice other = SlabDevice.open()) {
      other.allocate(64);
    }

    slab.segment().set(ValueLayout.JAVA_BYTE, 0, (byte) 1);

    assertThat(slab.vulkanWindow(0, 64).buffer()).isNotZero();
  }

  @Test
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void deviceAndSlabs_closedByThreadsAtOnce_leaveTheValidationLayerSilent() {
    for (int round = 0; round < 20; round++) {
      SlabDevice contended = SlabDevice.open();
      List<Slab> slabs = Stream.generate(() -> contended.allocate(4096)).limit(16).toList();

      CompletableFuture<Void> others =
          CompletableFuture.allOf(
              CompletableFuture.runAsync(() -> slabs.forEach(Slab::close)),
              CompletableFuture.runAsync(contended::close));
      contended.close();
      others.join();

      assertThat(slabs).allMatch(Slab::isClosed);
      assertThat(contended.vulkan().orElseThrow().validationMessages()).isEmpty();
    }
  }

  @Test
  @Timeout(value = 30, unit = TimeUnit.SECONDS)
  void slab_closedWhileTheQueueIsInUse_isFreedAfterwards() throws Exception {
    VulkanContext vulkan = device.vulkan().orElseThrow();
    Slab slab = device.allocate(64);
    CompletableFuture<Void> closing;

    vulkan.queueLock().lock();
    try {
      closing = CompletableFuture.runAsync(slab::close);
      Await.until(() -> vulkan.queueLock().hasQueuedThreads());
      assertThat(closing).isNotDone();
    } finally {
      vulkan.queueLock().unlock();
    }

    closing.get();
    assertThat(slab.isClosed()).isTrue();
  }
}
