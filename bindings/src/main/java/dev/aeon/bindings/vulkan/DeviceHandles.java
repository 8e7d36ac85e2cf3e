package dev.aeon.bindings.vulkan;

import dev.aeon.bindings.raw.aeon_vk_device;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * The raw handles of a Vulkan device made elsewhere, and the address of the {@code
 * vkGetInstanceProcAddr} to find functions through. They outlive every allocation made with them.
 */
public record DeviceHandles(
    long instance, long physicalDevice, long device, long getInstanceProcAddr) {

  MemorySegment toNative(Arena arena) {
    MemorySegment handles = aeon_vk_device.allocate(arena);
    aeon_vk_device.instance(handles, instance);
    aeon_vk_device.physical_device(handles, physicalDevice);
    aeon_vk_device.device(handles, device);
    aeon_vk_device.get_instance_proc_addr(handles, getInstanceProcAddr);
    return handles;
  }
}
