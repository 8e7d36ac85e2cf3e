package dev.aeon.slabs.memory;

import org.jspecify.annotations.Nullable;

/** A device could not give a slab of the wanted size. */
public final class SlabAllocationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final long requestedBytes;
  private final long limitBytes;

  SlabAllocationException(
      String reason, long requestedBytes, long limitBytes, @Nullable Throwable cause) {
    super(
        "slab not allocated, %s: requestedBytes=%d limitBytes=%d"
            .formatted(reason, requestedBytes, limitBytes),
        cause);
    this.requestedBytes = requestedBytes;
    this.limitBytes = limitBytes;
  }

  /** The size that was asked for. */
  public long requestedBytes() {
    return requestedBytes;
  }

  /** The largest slab the device gives at all; less may be free. */
  public long limitBytes() {
    return limitBytes;
  }
}
