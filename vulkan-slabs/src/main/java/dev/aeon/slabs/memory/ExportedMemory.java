package dev.aeon.slabs.memory;

import dev.aeon.bindings.Descriptor;
import dev.aeon.bindings.vulkan.DeviceAllocation;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A mapped buffer of memory that devices of several processes have in common. */
final class ExportedMemory implements SlabMemory {
  private final DeviceAllocation allocation;
  private final @Nullable Descriptor descriptor;
  private final ReentrantLock queueLock;

  private ExportedMemory(
      DeviceAllocation allocation, @Nullable Descriptor descriptor, ReentrantLock queueLock) {
    this.allocation = allocation;
    this.descriptor = descriptor;
    this.queueLock = queueLock;
  }

  /** Takes over memory of our own, and zeroes it. */
  static ExportedMemory zeroed(DeviceAllocation allocation, ReentrantLock queueLock) {
    try {
      allocation.mapped().segment().fill((byte) 0);
      return new ExportedMemory(allocation, allocation.export(), queueLock);
    } catch (RuntimeException refused) {
      allocation.close();
      throw refused;
    }
  }

  /** Takes over memory that another process made, and that process alone passes on. */
  static ExportedMemory imported(DeviceAllocation allocation, ReentrantLock queueLock) {
    return new ExportedMemory(allocation, null, queueLock);
  }

  @Override
  public MemorySegment segment() {
    return allocation.mapped().segment();
  }

  @Override
  public SlabKind kind() {
    return SlabKind.EXPORTED;
  }

  @Override
  public Descriptor descriptor() {
    if (descriptor == null) {
      throw new IllegalStateException("memory is passed on by the process that made it alone");
    }
    return descriptor;
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
      if (descriptor != null) {
        descriptor.close();
      }
    } finally {
      queueLock.unlock();
    }
  }
}
