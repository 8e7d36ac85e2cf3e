package dev.aeon.slabs.rpc;

import dev.aeon.slabs.view.VariantView;

/** Writes a vector in place. */
@FunctionalInterface
public interface VectorWriter {
  /**
   * Called once, with elements that still hold what lay there before. Where it throws, nothing is
   * sent.
   */
  void write(VariantView vector);
}
