package dev.aeon.slabs.memory;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.lwjgl.system.MemoryStack;
import org.lwjgl.vulkan.VK10;
import org.lwjgl.vulkan.VkInstance;
import org.lwjgl.vulkan.VkPhysicalDevice;
import org.lwjgl.vulkan.VkPhysicalDeviceProperties;
import org.lwjgl.vulkan.VkQueueFamilyProperties;

/**
 * A physical device that could serve.
 *
 * @param handle the LWJGL object
 * @param name what the driver calls it
 * @param type a {@code VK_PHYSICAL_DEVICE_TYPE}
 * @param queueFamilyIndex its first family with compute
 */
record VulkanCandidate(VkPhysicalDevice handle, String name, int type, int queueFamilyIndex) {
  private static final int NO_FAMILY = -1;

  /** Every device with compute and a recent enough API, best first. */
  static List<VulkanCandidate> all(VulkanInstance instance) {
    try (MemoryStack stack = MemoryStack.stackPush()) {
      var count = stack.mallocInt(1);
      VkInstance handle = instance.handle();
      VulkanResult.require(
          VK10.vkEnumeratePhysicalDevices(handle, count, null), "vkEnumeratePhysicalDevices");
      var devices = stack.mallocPointer(count.get(0));
      VK10.vkEnumeratePhysicalDevices(handle, count, devices);
      List<VulkanCandidate> candidates = new ArrayList<>();
      for (int i = 0; i < count.get(0); i++) {
        addIfFit(new VkPhysicalDevice(devices.get(i), handle), candidates);
      }
      candidates.sort(Comparator.comparingInt(VulkanCandidate::rank));
      return candidates;
    }
  }

  /** Whether the device computes on the CPU. */
  boolean isSoftware() {
    return type == VK10.VK_PHYSICAL_DEVICE_TYPE_CPU;
  }

  String typeName() {
    return switch (type) {
      case VK10.VK_PHYSICAL_DEVICE_TYPE_DISCRETE_GPU -> "discrete GPU";
      case VK10.VK_PHYSICAL_DEVICE_TYPE_INTEGRATED_GPU -> "integrated GPU";
      case VK10.VK_PHYSICAL_DEVICE_TYPE_VIRTUAL_GPU -> "virtual GPU";
      case VK10.VK_PHYSICAL_DEVICE_TYPE_CPU -> "software";
      default -> "other device";
    };
  }

  private int rank() {
    return switch (type) {
      case VK10.VK_PHYSICAL_DEVICE_TYPE_DISCRETE_GPU -> 0;
      case VK10.VK_PHYSICAL_DEVICE_TYPE_INTEGRATED_GPU -> 1;
      case VK10.VK_PHYSICAL_DEVICE_TYPE_VIRTUAL_GPU -> 2;
      case VK10.VK_PHYSICAL_DEVICE_TYPE_CPU -> 4;
      default -> 3;
    };
  }

  private static void addIfFit(VkPhysicalDevice device, List<VulkanCandidate> candidates) {
    int family = computeFamily(device);
    try (VkPhysicalDeviceProperties properties = VkPhysicalDeviceProperties.calloc()) {
      VK10.vkGetPhysicalDeviceProperties(device, properties);
      if (family != NO_FAMILY
          && Integer.compareUnsigned(properties.apiVersion(), VulkanInstance.API_VERSION) >= 0) {
        candidates.add(
            new VulkanCandidate(
                device, properties.deviceNameString(), properties.deviceType(), family));
      }
    }
  }

  private static int computeFamily(VkPhysicalDevice device) {
    try (MemoryStack stack = MemoryStack.stackPush()) {
      var count = stack.mallocInt(1);
      VK10.vkGetPhysicalDeviceQueueFamilyProperties(device, count, null);
      var families = VkQueueFamilyProperties.malloc(count.get(0), stack);
      VK10.vkGetPhysicalDeviceQueueFamilyProperties(device, count, families);
      for (int i = 0; i < count.get(0); i++) {
        if ((families.get(i).queueFlags() & VK10.VK_QUEUE_COMPUTE_BIT) != 0) {
          return i;
        }
      }
      return NO_FAMILY;
    }
  }
}
