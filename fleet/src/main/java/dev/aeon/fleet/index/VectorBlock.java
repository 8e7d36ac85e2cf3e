package dev.aeon.fleet.index;

import dev.aeon.fleet.embed.Features;
import dev.aeon.slabs.memory.Slab;
import dev.aeon.slabs.memory.SlabDevice;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Vectors row after row in one slab, with where each passage stands. Owns the slab. */
final class VectorBlock implements AutoCloseable {
  static final long ROW_BYTE_SIZE = (long) Features.DIMENSIONS * Float.BYTES;

  private final Slab slab;
  private final int maxRows;
  private final PassageTable passages = new PassageTable();

  VectorBlock(SlabDevice device, int maxRows) {
    this.slab = device.allocate(maxRows * ROW_BYTE_SIZE);
    this.maxRows = maxRows;
  }

  boolean isFull() {
    return passages.count() == maxRows;
  }

  void add(float[] vector, int fileIndex, int line, int begin, int length) {
    long byteOffset = passages.count() * ROW_BYTE_SIZE;
    MemorySegment.copy(
        vector, 0, slab.segment(), ValueLayout.JAVA_FLOAT, byteOffset, Features.DIMENSIONS);
    passages.add(fileIndex, line, begin, length);
  }

  void clear() {
    passages.clear();
  }

  Slab slab() {
    return slab;
  }

  int rows() {
    return passages.count();
  }

  PassageTable passages() {
    return passages;
  }

  @Override
  public void close() {
    slab.close();
  }
}
