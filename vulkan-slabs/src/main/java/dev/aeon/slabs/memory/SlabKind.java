package dev.aeon.slabs.memory;

/** What the memory of a {@link Slab} is. */
public enum SlabKind {
  /** Native memory of this process; no Vulkan device sees it. */
  HOST,
  /** A mapped Vulkan storage buffer, seen by the host and by the device. */
  VULKAN
}
