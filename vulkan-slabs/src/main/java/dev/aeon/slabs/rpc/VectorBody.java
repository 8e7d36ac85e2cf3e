package dev.aeon.slabs.rpc;

import dev.aeon.slabs.frame.Frame;
import dev.aeon.slabs.memory.Slab;
import dev.aeon.slabs.view.ElementType;

/** A vector that the application writes in place. */
final class VectorBody implements Body {
  private final ElementType type;
  private final long[] shape;
  private final VectorWriter writer;

  VectorBody(ElementType type, long[] shape, VectorWriter writer) {
    this.type = type;
    this.shape = shape.clone();
    this.writer = writer;
  }

  @Override
  public int byteSize() {
    long byteSize = type.byteSize();
    for (long extent : shape) {
      byteSize = Math.multiplyExact(byteSize, extent);
    }
    return Body.requireInt(Math.addExact(VectorHeader.BYTES, byteSize));
  }

  @Override
  public int flags() {
    return Frame.FLAG_VECTOR;
  }

  @Override
  public void write(Slab slab, long byteOffset) {
    writer.write(VectorHeader.begin(slab, byteOffset, type, shape));
  }
}
