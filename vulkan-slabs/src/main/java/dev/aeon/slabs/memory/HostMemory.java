package dev.aeon.slabs.memory;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Native memory of its own shared arena. */
record HostMemory(Arena arena, MemorySegment segment) implements SlabMemory {
  /** What the strictest known device asks of a binding offset, so that both kinds align alike. */
  private static final long ALIGNMENT_BYTES = 256;

  static HostMemory allocate(long byteSize) {
    Arena arena = Arena.ofShared();
    try {
      return new HostMemory(arena, arena.allocate(byteSize, ALIGNMENT_BYTES));
    } catch (OutOfMemoryError | IllegalArgumentException refused) {
      arena.close();
      throw new SlabAllocationException(
          "the JVM refused the memory (-XX:MaxDirectMemorySize raises its limit)",
          byteSize,
          Runtime.getRuntime().maxMemory(),
          refused);
    }
  }

  @Override
  public SlabKind kind() {
    return SlabKind.HOST;
  }

  @Override
  public void close() {
    arena.close();
  }
}
