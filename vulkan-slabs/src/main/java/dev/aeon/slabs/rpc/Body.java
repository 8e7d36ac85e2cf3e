package dev.aeon.slabs.rpc;

import dev.aeon.slabs.frame.Frame;
import dev.aeon.slabs.memory.Slab;
import dev.aeon.slabs.view.ElementType;
import dev.aeon.slabs.view.VariantBuilder;
import dev.aeon.slabs.view.VariantView;
import java.lang.foreign.MemorySegment;

/** What is to be sent: how large, with which flags, and how it is written. */
interface Body {
  Body EMPTY = of(MemorySegment.NULL);

  int byteSize();

  int flags();

  void write(Slab slab, long byteOffset);

  static Body of(MemorySegment bytes) {
    return new Bytes(bytes);
  }

  static Body of(int byteSize, BodyWriter writer) {
    return new Written(byteSize, writer);
  }

  static Body of(ElementType type, long[] shape, VectorWriter writer) {
    return new VectorBody(VariantBuilder.of(type, shape), writer);
  }

  static Body of(VariantView vector) {
    MemorySegment elements = vector.asSegment();
    return of(vector.elementType(), vector.shape(), copy -> copy.asSegment().copyFrom(elements));
  }

  /** Bytes to be copied. */
  record Bytes(MemorySegment bytes) implements Body {
    @Override
    public int byteSize() {
      return requireInt(bytes.byteSize());
    }

    @Override
    public int flags() {
      return 0;
    }

    @Override
    public void write(Slab slab, long byteOffset) {
      MemorySegment.copy(bytes, 0, slab.segment(), byteOffset, bytes.byteSize());
    }
  }

  /** Bytes that the application writes in place. */
  record Written(int byteSize, BodyWriter writer) implements Body {
    @Override
    public int flags() {
      return 0;
    }

    @Override
    public void write(Slab slab, long byteOffset) {
      writer.write(slab.segment(), byteOffset);
    }
  }

  static int requireInt(long byteSize) {
    if (byteSize > Integer.MAX_VALUE - Frame.HEADER_BYTES) {
      throw new IllegalArgumentException("body is too large for a frame: byteSize=" + byteSize);
    }
    return (int) byteSize;
  }
}
