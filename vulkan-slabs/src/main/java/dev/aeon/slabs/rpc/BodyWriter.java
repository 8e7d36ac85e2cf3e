package dev.aeon.slabs.rpc;

import java.lang.foreign.MemorySegment;

/** Writes a body in place. */
@FunctionalInterface
public interface BodyWriter {
  /**
   * Called once. Where it throws, nothing is sent.
   *
   * @param segment the memory that carries the message
   * @param byteOffset where the body begins, a multiple of 8
   */
  void write(MemorySegment segment, long byteOffset);
}
