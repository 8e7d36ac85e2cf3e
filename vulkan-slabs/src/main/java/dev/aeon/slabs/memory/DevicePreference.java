package dev.aeon.slabs.memory;

/** Which kind of device {@link SlabDevice#open(DevicePreference)} may choose. */
public enum DevicePreference {
  /** The best Vulkan device there is, host memory where there is none. */
  AUTO,
  /** A Vulkan device, hardware or software, or a {@link SlabDeviceException}. */
  VULKAN,
  /** Host memory, without looking for Vulkan. */
  HOST
}
