package dev.aeon.slabs.memory;

import dev.aeon.bindings.NativeLibrary;
import dev.aeon.bindings.vulkan.DeviceAllocation;
import dev.aeon.bindings.vulkan.DeviceHandles;
import java.util.Optional;

/** Slabs that are mapped buffers of a Vulkan device, allocated by the C shim. */
final class VulkanSlabDevice extends SlabDevice {
  private final VulkanContext context;
  private final DeviceHandles handles;

  static VulkanSlabDevice ofBest() {
    requireShim();
    return new VulkanSlabDevice(VulkanContext.open());
  }

  private static void requireShim() {
    try {
      NativeLibrary.ensureLoaded();
    } catch (RuntimeException | LinkageError missing) {
      throw new SlabDeviceException("Aeon's native library did not load", missing);
    }
  }

  private VulkanSlabDevice(VulkanContext context) {
    this.context = context;
    this.handles =
        new DeviceHandles(
            context.instance().address(),
            context.physicalDevice().address(),
            context.device().address(),
            VulkanLoader.getInstanceProcAddr());
  }

  @Override
  public String description() {
    return context.description();
  }

  @Override
  public Optional<String> fallbackReason() {
    return Optional.empty();
  }

  @Override
  public boolean isSoftware() {
    return context.isSoftware();
  }

  @Override
  public long maxSlabByteSize() {
    return context.limits().maxAllocationBytes();
  }

  @Override
  public Optional<VulkanContext> vulkan() {
    return Optional.of(context);
  }

  @Override
  SlabMemory allocateMemory(long byteSize) {
    requireWithinLimit(byteSize);
    try {
      return VulkanMemory.of(DeviceAllocation.allocate(handles, byteSize), context.queueLock());
    } catch (RuntimeException refused) {
      throw new SlabAllocationException(
          "the device refused, " + refused.getMessage(), byteSize, maxSlabByteSize(), refused);
    }
  }

  private void requireWithinLimit(long byteSize) {
    if (byteSize > maxSlabByteSize()) {
      throw new SlabAllocationException(
          "larger than the device gives", byteSize, maxSlabByteSize(), null);
    }
  }

  @Override
  void release() {
    context.close();
  }
}
