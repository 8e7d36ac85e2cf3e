package dev.aeon.bindings.vulkan;

import dev.aeon.bindings.raw.Aeon;

/** Where the memory of a {@link DeviceAllocation} is to lie. */
public enum MemoryPlace {
  /** Mapped, and cached by the processor where the device has that. */
  HOST(Aeon.AEON_VK_PLACE_HOST()),
  /** Mapped, and local to the device. */
  DEVICE_MAPPED(Aeon.AEON_VK_PLACE_DEVICE_MAPPED()),
  /** Local to the device, and not mapped. */
  DEVICE(Aeon.AEON_VK_PLACE_DEVICE());

  private final int code;

  MemoryPlace(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }
}
