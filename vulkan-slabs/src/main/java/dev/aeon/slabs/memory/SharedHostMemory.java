package dev.aeon.slabs.memory;

import dev.aeon.bindings.Descriptor;
import dev.aeon.bindings.posix.SharedMemory;
import java.lang.foreign.MemorySegment;

/** Memory that processes share. */
record SharedHostMemory(SharedMemory shared) implements SlabMemory {
  /** The smallest page of the processors we run on; what any device asks of imported pages. */
  private static final long PAGE_BYTES = 4096;

  /**
   * Creates memory of whole pages.
   *
   * @param alignmentBytes what a device asks of imported pages, 0 for none
   */
  static SharedMemory create(String name, long byteSize, long alignmentBytes) {
    long limitBytes = HostLimits.memoryBytes();
    if (byteSize > limitBytes) {
      throw new SlabAllocationException(
          "larger than the memory of this machine", byteSize, limitBytes, null);
    }
    long granule = Math.max(PAGE_BYTES, alignmentBytes);
    try {
      return SharedMemory.create(name, Math.ceilDiv(byteSize, granule) * granule);
    } catch (RuntimeException | LinkageError refused) {
      throw new SlabAllocationException(
          "no shared memory, " + refused.getMessage(), byteSize, limitBytes, refused);
    }
  }

  @Override
  public MemorySegment segment() {
    return shared.segment();
  }

  @Override
  public SlabKind kind() {
    return SlabKind.SHARED;
  }

  @Override
  public Descriptor descriptor() {
    return shared.descriptor();
  }

  @Override
  public void close() {
    shared.close();
  }
}
