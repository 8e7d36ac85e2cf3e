package dev.aeon.slabs.interpreter;

import org.lwjgl.vulkan.VK10;

/** Results of Vulkan calls. */
final class VulkanCalls {
  private VulkanCalls() {}

  static void require(int result, String call) {
    if (result != VK10.VK_SUCCESS) {
      throw new DeviceFailedException(call, result);
    }
  }
}
