package dev.aeon.slabs.memory;

import dev.aeon.bindings.Descriptor;
import java.lang.foreign.MemorySegment;

/** What a {@link Slab} is made of. {@link #close} is called at most once at a time, by the slab. */
interface SlabMemory extends AutoCloseable {
  MemorySegment segment();

  SlabKind kind();

  default long byteSize() {
    return segment().byteSize();
  }

  /** Where a range, which lies in the slab, is in a buffer. */
  default VulkanWindow vulkanWindow(long byteOffset, long byteSize) {
    throw new IllegalStateException("slab has no VkBuffer: kind=" + kind());
  }

  /** The descriptor that other processes map; it stays the memory's. */
  default Descriptor descriptor() {
    throw new IllegalStateException("slab is not shared by a descriptor: kind=" + kind());
  }

  /** Shows the device what the processor wrote; nothing to do where both see the same bytes. */
  default void upload(long byteOffset, long byteSize) {}

  /** Shows the processor what the device wrote; nothing to do where both see the same bytes. */
  default void download(long byteOffset, long byteSize) {}

  /** Frees the memory, or throws {@link IllegalStateException} and leaves it whole. */
  @Override
  void close();
}
