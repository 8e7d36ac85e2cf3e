package dev.aeon.slabs.memory;

/** A slab, or the device it belongs to, was used after it was closed. */
public final class SlabClosedException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  SlabClosedException(String what) {
    super(what + " is closed");
  }
}
