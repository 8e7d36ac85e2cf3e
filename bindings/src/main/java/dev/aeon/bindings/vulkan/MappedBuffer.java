package dev.aeon.bindings.vulkan;

import dev.aeon.bindings.NativeLibrary;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** The bytes of a device allocation as the processor sees them, until the allocation is closed. */
public final class MappedBuffer {
  private final Arena arena = Arena.ofShared();
  private final MemorySegment segment;

  MappedBuffer(long address, long byteSize) {
    this.segment = NativeLibrary.segmentAt(address, byteSize, arena);
  }

  public MemorySegment segment() {
    return segment;
  }

  void close() {
    arena.close();
  }
}
