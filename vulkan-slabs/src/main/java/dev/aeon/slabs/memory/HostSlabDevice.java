package dev.aeon.slabs.memory;

import dev.aeon.bindings.Descriptor;
import dev.aeon.bindings.posix.SharedMemory;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Slabs in native memory of this process. */
final class HostSlabDevice extends SlabDevice {
  private final @Nullable String reason;

  HostSlabDevice(@Nullable String reason) {
    this.reason = reason;
  }

  @Override
  public String description() {
    return reason == null ? "host memory" : "host memory (" + reason + ")";
  }

  @Override
  public Optional<String> fallbackReason() {
    return Optional.ofNullable(reason);
  }

  @Override
  public boolean isSoftware() {
    return true;
  }

  @Override
  public long maxSlabByteSize() {
    return Runtime.getRuntime().maxMemory();
  }

  @Override
  public Optional<VulkanContext> vulkan() {
    return Optional.empty();
  }

  @Override
  public Set<SlabKind> kinds() {
    return Set.of(SlabKind.HOST, SlabKind.SHARED);
  }

  @Override
  public SlabChoice choice(long byteSize) {
    return new SlabChoice(SlabKind.HOST, "no Vulkan device is in use");
  }

  @Override
  SlabMemory allocateMemory(long byteSize, SlabKind kind) {
    return kind == SlabKind.SHARED
        ? share(createShared(UNNAMED, byteSize))
        : HostMemory.allocate(byteSize);
  }

  @Override
  SharedMemory createShared(String name, long byteSize) {
    return SharedHostMemory.create(name, byteSize, 0);
  }

  @Override
  SlabMemory importExported(Descriptor descriptor, long byteSize) {
    throw new SlabAllocationException(
        "host memory imports nothing from Vulkan", byteSize, maxSlabByteSize(), null);
  }

  @Override
  SlabMemory share(SharedMemory shared) {
    return new SharedHostMemory(shared);
  }

  @Override
  void release() {
    // Each slab owns its arena; the device holds nothing else.
  }
}
