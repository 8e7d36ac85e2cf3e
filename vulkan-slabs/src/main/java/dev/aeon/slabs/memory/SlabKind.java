package dev.aeon.slabs.memory;

/** What the memory of a {@link Slab} is, and so who works on its bytes without a copy. */
public enum SlabKind {
  /** Native memory of this process; no Vulkan device and no other process sees it. */
  HOST(false, false),
  /** Memory that processes share; no Vulkan device sees it. */
  SHARED(false, true),
  /** Memory that processes share, and their Vulkan devices with them: imported host pages. */
  SHARED_VULKAN(true, true),
  /** A Vulkan buffer in memory of the host, mapped and coherent. */
  HOST_VISIBLE(true, false),
  /** A Vulkan buffer in memory of the device that the processor maps: one memory for both. */
  DEVICE_LOCAL(true, false),
  /**
   * A Vulkan buffer in memory of the device, beside a mapped one of the same size. The processor
   * works on its own copy; {@link Slab#upload} and {@link Slab#download} carry it over.
   */
  STAGED(true, false),
  /** A mapped Vulkan buffer whose memory devices of other processes import by its descriptor. */
  EXPORTED(true, true);

  private final boolean isVulkan;
  private final boolean isShared;

  SlabKind(boolean isVulkan, boolean isShared) {
    this.isVulkan = isVulkan;
    this.isShared = isShared;
  }

  /** Whether a Vulkan device sees the slab as a buffer. */
  public boolean isVulkan() {
    return isVulkan;
  }

  /** Whether other processes can map the slab. */
  public boolean isShared() {
    return isShared;
  }
}
