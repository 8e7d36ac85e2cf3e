package dev.aeon.slabs.memory;

import java.lang.foreign.MemorySegment;

/** What a {@link Slab} is made of. {@link #close} is called at most once at a time, by the slab. */
interface SlabMemory extends AutoCloseable {
  MemorySegment segment();

  long byteSize();

  SlabKind kind();

  long vulkanBuffer();

  /** Frees the memory, or throws {@link IllegalStateException} and leaves it whole. */
  @Override
  void close();
}
