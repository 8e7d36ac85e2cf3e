package dev.aeon.slabs.memory;

import static org.lwjgl.vulkan.VK10.VK_MEMORY_PROPERTY_DEVICE_LOCAL_BIT;
import static org.lwjgl.vulkan.VK10.VK_MEMORY_PROPERTY_HOST_CACHED_BIT;
import static org.lwjgl.vulkan.VK10.VK_MEMORY_PROPERTY_HOST_COHERENT_BIT;
import static org.lwjgl.vulkan.VK10.VK_MEMORY_PROPERTY_HOST_VISIBLE_BIT;

import org.lwjgl.system.MemoryStack;
import org.lwjgl.vulkan.VK10;
import org.lwjgl.vulkan.VkPhysicalDevice;
import org.lwjgl.vulkan.VkPhysicalDeviceMemoryProperties;

/**
 * The sizes of the largest heaps with memory of each sort, 0 where the device has none.
 *
 * @param hostVisibleBytes memory that the processor maps coherently
 * @param deviceMappedBytes memory of the device that the processor maps coherently
 * @param deviceCachedBytes memory of the device that the processor maps and caches
 * @param deviceLocalBytes memory of the device, mapped or not
 */
record VulkanMemoryTypes(
    long hostVisibleBytes, long deviceMappedBytes, long deviceCachedBytes, long deviceLocalBytes) {
  private static final int MAPPED =
      VK_MEMORY_PROPERTY_HOST_VISIBLE_BIT | VK_MEMORY_PROPERTY_HOST_COHERENT_BIT;
  private static final int DEVICE = VK_MEMORY_PROPERTY_DEVICE_LOCAL_BIT;

  static VulkanMemoryTypes of(VkPhysicalDevice device) {
    try (MemoryStack stack = MemoryStack.stackPush()) {
      var memory = VkPhysicalDeviceMemoryProperties.calloc(stack);
      VK10.vkGetPhysicalDeviceMemoryProperties(device, memory);
      return new VulkanMemoryTypes(
          largestHeap(memory, MAPPED),
          largestHeap(memory, MAPPED | DEVICE),
          largestHeap(memory, MAPPED | DEVICE | VK_MEMORY_PROPERTY_HOST_CACHED_BIT),
          largestHeap(memory, DEVICE));
    }
  }

  private static long largestHeap(VkPhysicalDeviceMemoryProperties memory, int needed) {
    long largest = 0;
    for (int i = 0; i < memory.memoryTypeCount(); i++) {
      var type = memory.memoryTypes(i);
      if ((type.propertyFlags() & needed) == needed) {
        long heap = memory.memoryHeaps(type.heapIndex()).size();
        largest = Math.max(largest, heap < 0 ? Long.MAX_VALUE : heap);
      }
    }
    return largest;
  }
}
