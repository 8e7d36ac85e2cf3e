package dev.aeon.slabs.memory;

import java.util.Optional;
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
  SlabMemory allocateMemory(long byteSize) {
    return HostMemory.allocate(byteSize);
  }

  @Override
  void release() {
    // Each slab owns its arena; the device holds nothing else.
  }
}
