package dev.aeon.slabs.memory;

import dev.aeon.bindings.Descriptor;
import dev.aeon.bindings.NativeLibrary;
import dev.aeon.bindings.posix.SharedMemory;
import dev.aeon.bindings.vulkan.DeviceAllocation;
import dev.aeon.bindings.vulkan.DeviceHandles;
import dev.aeon.bindings.vulkan.MemoryPlace;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Slabs that are buffers of a Vulkan device, made by the C shim. */
final class VulkanSlabDevice extends SlabDevice {
  private static final Logger LOG = LoggerFactory.getLogger(VulkanSlabDevice.class);

  /** Less than any driver takes at once: at its stated bound, SwiftShader refuses. */
  private static final long MAX_WINDOW_BYTES = 1L << 29;

  private final VulkanContext context;
  private final VulkanKinds kinds;
  private final DeviceHandles handles;
  private @Nullable VulkanCopier copier;

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
    this.kinds = new VulkanKinds(context.memoryTypes(), context.limits(), context.passesMemory());
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
    return kinds.maxSlabByteSize();
  }

  @Override
  public Optional<VulkanContext> vulkan() {
    return Optional.of(context);
  }

  @Override
  public Set<SlabKind> kinds() {
    return kinds.all();
  }

  @Override
  public SlabChoice choice(long byteSize) {
    return kinds.best(byteSize);
  }

  @Override
  SlabMemory allocateMemory(long byteSize, SlabKind kind) {
    return switch (kind) {
      case HOST -> HostMemory.allocate(byteSize);
      case SHARED -> new SharedHostMemory(createShared(UNNAMED, byteSize));
      case SHARED_VULKAN -> importAll(createShared(UNNAMED, byteSize));
      default -> allocateOnDevice(byteSize, kind);
    };
  }

  private SlabMemory allocateOnDevice(long byteSize, SlabKind kind) {
    long limitBytes = context.limits().maxAllocationBytes();
    if (byteSize > limitBytes) {
      throw new SlabAllocationException(
          "larger than the device allocates at once", byteSize, limitBytes, null);
    }
    try {
      return switch (kind) {
        case STAGED -> staged(byteSize);
        case DEVICE_LOCAL -> mapped(allocate(MemoryPlace.DEVICE_MAPPED, byteSize), kind);
        case EXPORTED -> exported(byteSize);
        default -> mapped(allocate(MemoryPlace.HOST, byteSize), kind);
      };
    } catch (RuntimeException refused) {
      throw new SlabAllocationException(
          "the device refused, " + refused.getMessage(), byteSize, limitBytes, refused);
    }
  }

  private DeviceAllocation allocate(MemoryPlace place, long byteSize) {
    return DeviceAllocation.allocate(handles, place, byteSize);
  }

  private VulkanMemory mapped(DeviceAllocation allocation, SlabKind kind) {
    return VulkanMemory.zeroed(allocation, kind, context.queueLock());
  }

  private SlabMemory staged(long byteSize) {
    VulkanCopier opened = copier();
    DeviceAllocation device = allocate(MemoryPlace.DEVICE, byteSize);
    try {
      return StagedMemory.of(device, allocate(MemoryPlace.HOST, byteSize), opened);
    } catch (RuntimeException refused) {
      device.close();
      throw refused;
    }
  }

  private VulkanCopier copier() {
    VulkanCopier opened = copier == null ? new VulkanCopier(context) : copier;
    copier = opened;
    return opened;
  }

  private SlabMemory exported(long byteSize) {
    return ExportedMemory.zeroed(
        DeviceAllocation.allocateExportable(handles, byteSize), context.queueLock());
  }

  @Override
  SlabMemory importExported(Descriptor descriptor, long byteSize) {
    try {
      return ExportedMemory.imported(
          DeviceAllocation.importExported(handles, descriptor, byteSize), context.queueLock());
    } catch (RuntimeException refused) {
      throw new SlabAllocationException(
          "the device refused, " + refused.getMessage(),
          byteSize,
          context.limits().maxAllocationBytes(),
          refused);
    }
  }

  @Override
  SharedMemory createShared(String name, long byteSize) {
    return SharedHostMemory.create(
        name, byteSize, context.limits().minImportedHostPointerAlignmentBytes());
  }

  @Override
  SlabMemory share(SharedMemory shared) {
    if (!isImportable(shared)) {
      LOG.info("slab is shared, but not with {}: {}", context.deviceName(), whyNot(shared));
      return new SharedHostMemory(shared);
    }
    try {
      return new ImportedMemory(handles, shared, windowBytes(), context.queueLock());
    } catch (RuntimeException refused) {
      LOG.info("slab is shared, but not with {}", context.deviceName(), refused);
      return new SharedHostMemory(shared);
    }
  }

  private boolean isImportable(SharedMemory shared) {
    return kinds.importsHostMemory()
        && shared.byteSize() % context.limits().minImportedHostPointerAlignmentBytes() == 0;
  }

  private String whyNot(SharedMemory shared) {
    return kinds.importsHostMemory()
        ? "not a multiple of the device's import alignment: byteSize=%d alignmentBytes=%d"
            .formatted(shared.byteSize(), context.limits().minImportedHostPointerAlignmentBytes())
        : "the device imports no host pages";
  }

  /** As {@link #share}, but there is no other kind to fall back to. */
  private SlabMemory importAll(SharedMemory shared) {
    try {
      return new ImportedMemory(handles, shared, windowBytes(), context.queueLock());
    } catch (RuntimeException refused) {
      long byteSize = shared.byteSize();
      shared.close();
      throw new SlabAllocationException(
          "the device refused, " + refused.getMessage(), byteSize, maxSlabByteSize(), refused);
    }
  }

  private long windowBytes() {
    long alignment = context.limits().minImportedHostPointerAlignmentBytes();
    return Math.min(MAX_WINDOW_BYTES, context.limits().maxAllocationBytes())
        / alignment
        * alignment;
  }

  @Override
  void release() {
    if (copier != null) {
      copier.close();
      copier = null;
    }
    context.close();
  }
}
