package dev.aeon.slabs.interpreter;

import dev.aeon.slabs.memory.Slab;

/**
 * A part of a slab that a shader sees: from an offset that the device's alignment allows, at or
 * before the value; {@code base} is the rest of the way, in elements.
 */
record Window(Slab slab, long byteOffset, long byteSize, int base) {
  static Window of(Slab slab, long byteOffset, long byteSize, long alignment) {
    long aligned = byteOffset / alignment * alignment;
    int base = (int) ((byteOffset - aligned) / Float.BYTES);
    return new Window(slab, aligned, byteSize + (byteOffset - aligned), base);
  }
}
