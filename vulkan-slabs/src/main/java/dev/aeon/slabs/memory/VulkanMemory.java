package dev.aeon.slabs.memory;

import dev.aeon.bindings.vulkan.DeviceAllocation;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A mapped buffer of a Vulkan device. {@code queueLock} keeps it from being freed while the device
 * works on it.
 */
record VulkanMemory(
    DeviceAllocation allocation, MemorySegment segment, SlabKind kind, ReentrantLock queueLock)
    implements SlabMemory {
  /** Takes over {@code allocation} and zeroes it: what it held before is not ours to show. */
  static VulkanMemory zeroed(DeviceAllocation allocation, SlabKind kind, ReentrantLock queueLock) {
    MemorySegment segment = allocation.mapped().segment();
    segment.fill((byte) 0);
    return new VulkanMemory(allocation, segment, kind, queueLock);
  }

  @Override
  public VulkanWindow vulkanWindow(long byteOffset, long byteSize) {
    return new VulkanWindow(allocation.buffer(), byteOffset);
  }

  @Override
  public void close() {
    queueLock.lock();
    try {
      allocation.close();
    } finally {
      queueLock.unlock();
    }
  }
}
