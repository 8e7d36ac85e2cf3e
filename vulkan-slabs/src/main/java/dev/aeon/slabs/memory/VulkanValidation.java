package dev.aeon.slabs.memory;

/**
 * The switch for the Khronos validation layer: system property {@code aeon.vulkan.validation=true},
 * or environment variable {@code AEON_VULKAN_VALIDATION=true}. Off unless asked for; without effect
 * where the layer is not installed.
 */
final class VulkanValidation {
  private static final String PROPERTY = "aeon.vulkan.validation";
  private static final String VARIABLE = "AEON_VULKAN_VALIDATION";

  private VulkanValidation() {}

  static boolean isWanted() {
    String property = System.getProperty(PROPERTY);
    return Boolean.parseBoolean(property == null ? System.getenv(VARIABLE) : property);
  }
}
