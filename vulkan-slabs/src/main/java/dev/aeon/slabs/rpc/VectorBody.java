package dev.aeon.slabs.rpc;

import dev.aeon.slabs.frame.Frame;
import dev.aeon.slabs.memory.Slab;
import dev.aeon.slabs.view.VariantBuilder;

/** A vector that the application writes in place, behind a header that describes it. */
record VectorBody(VariantBuilder builder, VectorWriter writer) implements Body {
  @Override
  public int byteSize() {
    return Body.requireInt(builder.byteSize());
  }

  @Override
  public int flags() {
    return Frame.FLAG_VECTOR;
  }

  @Override
  public void write(Slab slab, long byteOffset) {
    writer.write(builder.build(slab, byteOffset));
  }
}
