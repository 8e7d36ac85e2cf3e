package dev.aeon.bindings.vulkan;

import dev.aeon.bindings.Errno;
import dev.aeon.bindings.raw.Aeon;

/** A Vulkan device gave no buffer: what was asked, and the VkResult or errno by name. */
public final class DeviceAllocationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DeviceAllocationException(String call, int result, String arguments) {
    super(call + " failed, result=" + nameOf(result) + " " + arguments);
  }

  private static String nameOf(int result) {
    int vkResult = result - Aeon.AEON_VK_RESULT_BASE();
    return switch (vkResult) {
      case -1 -> "VK_ERROR_OUT_OF_HOST_MEMORY";
      case -2 -> "VK_ERROR_OUT_OF_DEVICE_MEMORY";
      case -3 -> "VK_ERROR_INITIALIZATION_FAILED";
      case -4 -> "VK_ERROR_DEVICE_LOST";
      case -5 -> "VK_ERROR_MEMORY_MAP_FAILED";
      case -8 -> "VK_ERROR_FEATURE_NOT_PRESENT";
      case -10 -> "VK_ERROR_TOO_MANY_OBJECTS";
      case -1000072003 -> "VK_ERROR_INVALID_EXTERNAL_HANDLE";
      default -> vkResult < 0 ? "VkResult " + vkResult : Errno.nameOf(-result);
    };
  }
}
