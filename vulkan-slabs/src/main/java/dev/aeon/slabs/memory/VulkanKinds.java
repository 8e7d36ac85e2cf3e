package dev.aeon.slabs.memory;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** Which kinds of slab a Vulkan device gives, and which is the best. */
record VulkanKinds(VulkanMemoryTypes types, VulkanLimits limits, boolean passesMemory) {
  Set<SlabKind> all() {
    Set<SlabKind> kinds = EnumSet.of(SlabKind.HOST, SlabKind.SHARED);
    addIf(types.hostVisibleBytes() > 0, SlabKind.HOST_VISIBLE, kinds);
    addIf(types.deviceMappedBytes() > 0, SlabKind.DEVICE_LOCAL, kinds);
    addIf(types.deviceLocalBytes() > 0, SlabKind.STAGED, kinds);
    addIf(importsHostMemory(), SlabKind.SHARED_VULKAN, kinds);
    addIf(passesMemory, SlabKind.EXPORTED, kinds);
    return Collections.unmodifiableSet(kinds);
  }

  private static void addIf(boolean isOffered, SlabKind kind, Set<SlabKind> kinds) {
    if (isOffered) {
      kinds.add(kind);
    }
  }

  SlabChoice best(long byteSize) {
    if (byteSize > limits.maxAllocationBytes() && importsHostMemory()) {
      return new SlabChoice(
          SlabKind.SHARED_VULKAN, "larger than one allocation of the device, so host pages");
    }
    if (types.deviceCachedBytes() >= byteSize) {
      return new SlabChoice(
          SlabKind.DEVICE_LOCAL, "memory of the device that the processor maps and caches");
    }
    return new SlabChoice(
        SlabKind.HOST_VISIBLE, "the device has no memory that the processor maps and caches");
  }

  boolean importsHostMemory() {
    return limits.minImportedHostPointerAlignmentBytes() > 0;
  }

  /** Of whatever kind. */
  long maxSlabByteSize() {
    return importsHostMemory() ? HostLimits.memoryBytes() : limits.maxAllocationBytes();
  }
}
