package dev.aeon.slabs.memory;

import org.lwjgl.system.MemoryStack;
import org.lwjgl.vulkan.VK11;
import org.lwjgl.vulkan.VkPhysicalDevice;
import org.lwjgl.vulkan.VkPhysicalDeviceExternalMemoryHostPropertiesEXT;
import org.lwjgl.vulkan.VkPhysicalDeviceLimits;
import org.lwjgl.vulkan.VkPhysicalDeviceMaintenance3Properties;
import org.lwjgl.vulkan.VkPhysicalDeviceProperties2;

/** Asks a physical device for its {@link VulkanLimits}. */
final class VulkanLimitsQuery {
  private VulkanLimitsQuery() {}

  static VulkanLimits of(
      VkPhysicalDevice device, VulkanMemoryTypes types, boolean importsHostMemory) {
    try (MemoryStack stack = MemoryStack.stackPush()) {
      var external = VkPhysicalDeviceExternalMemoryHostPropertiesEXT.calloc(stack).sType$Default();
      var maintenance = VkPhysicalDeviceMaintenance3Properties.calloc(stack).sType$Default();
      var properties = VkPhysicalDeviceProperties2.calloc(stack).sType$Default().pNext(maintenance);
      if (importsHostMemory) {
        properties.pNext(external);
      }
      VK11.vkGetPhysicalDeviceProperties2(device, properties);
      long maxAllocation =
          Math.min(unsigned(maintenance.maxMemoryAllocationSize()), types.hostVisibleBytes());
      return of(
          properties.properties().limits(),
          maxAllocation,
          importsHostMemory ? external.minImportedHostPointerAlignment() : 0);
    }
  }

  private static VulkanLimits of(
      VkPhysicalDeviceLimits limits, long maxAllocationBytes, long importAlignmentBytes) {
    return new VulkanLimits(
        Integer.toUnsignedLong(limits.maxStorageBufferRange()),
        limits.minStorageBufferOffsetAlignment(),
        maxAllocationBytes,
        importAlignmentBytes,
        limits.maxPushConstantsSize(),
        limits.maxComputeWorkGroupInvocations(),
        limits.maxComputeWorkGroupSize(0),
        limits.maxComputeWorkGroupCount(0),
        limits.maxComputeSharedMemorySize());
  }

  /** A {@code VkDeviceSize}; one beyond the range of {@code long} stands for "no limit". */
  private static long unsigned(long deviceSize) {
    return deviceSize < 0 ? Long.MAX_VALUE : deviceSize;
  }
}
