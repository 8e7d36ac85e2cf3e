package dev.aeon.slabs.memory;

/**
 * Where a range of a slab lies in a Vulkan buffer. SPI of whatever records commands over slabs.
 *
 * @param buffer the {@code VkBuffer}
 * @param byteOffset of the range in the buffer
 */
public record VulkanWindow(long buffer, long byteOffset) {}
