package dev.aeon.slabs.memory;

import dev.aeon.bindings.vulkan.DeviceAllocation;
import java.lang.foreign.MemorySegment;

/** A buffer in memory of the device, and a mapped one of the same size to fill and read it by. */
record StagedMemory(DeviceAllocation device, DeviceAllocation staging, VulkanCopier copier)
    implements SlabMemory {
  /** Takes over both allocations; the device's is zeroed by the first upload. */
  static StagedMemory of(DeviceAllocation device, DeviceAllocation staging, VulkanCopier copier) {
    staging.mapped().segment().fill((byte) 0);
    return new StagedMemory(device, staging, copier);
  }

  @Override
  public MemorySegment segment() {
    return staging.mapped().segment();
  }

  @Override
  public SlabKind kind() {
    return SlabKind.STAGED;
  }

  @Override
  public VulkanWindow vulkanWindow(long byteOffset, long byteSize) {
    return new VulkanWindow(device.buffer(), byteOffset);
  }

  @Override
  public void upload(long byteOffset, long byteSize) {
    copier.copy(staging.buffer(), device.buffer(), byteOffset, byteSize);
  }

  @Override
  public void download(long byteOffset, long byteSize) {
    copier.copy(device.buffer(), staging.buffer(), byteOffset, byteSize);
  }

  @Override
  public void close() {
    copier.queueLock().lock();
    try {
      staging.close();
      device.close();
    } finally {
      copier.queueLock().unlock();
    }
  }
}
